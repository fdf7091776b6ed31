// Engine.IO over WebSocket and the upgrade: Natter and npm's socket.io at their defaults, asked the same.
import { describe } from 'node:test';
import { compare, inOrder, visible } from './comparison.mjs';
import {
  enter,
  health,
  outcome,
  polling,
  readable,
  waitingGet,
  webSocketSession,
  websocket,
  withJoined,
  withPolling,
  withWebSocket,
} from './sessions.mjs';
import { begin, RawWebSocket, frame, request } from './wire.mjs';

const same = (rule, look, intended) => compare('default', rule, look, intended);
const opening = (path, headers) => async (port) => {
  const socket = new RawWebSocket(port, path, headers);
  const answer = visible(await socket.opened());
  socket.close();
  return answer;
};

describe('opening', () => {
  same('opens a session', withWebSocket(async (socket) => {
    socket.close();
    return [visible(socket.answer), socket.handshake];
  }));
  for (const query of ['', 'EIO=4', 'EIO=4&transport=abc']) {
    same(`is refused without a transport: "${query}"`, opening(`/socket.io/?${query}`));
  }
  same('is refused for a session that is not known', opening(`${websocket}&sid=abc`));
  same('is refused for a session id of 10,000 characters', opening(`${websocket}&sid=${'x'.repeat(10_000)}`));
  same('is refused for another protocol version than the session\'s', withPolling(({ sid }, port) =>
    opening(`/socket.io/?EIO=3&transport=websocket&sid=${sid}`)(port)));
  same('takes the first subprotocol offered', opening(websocket, { 'Sec-WebSocket-Protocol': 'one, two' }));
  same(
    'does not compress when compression is off',
    opening(websocket, { 'Sec-WebSocket-Extensions': 'permessage-deflate' }),
  );
  same('for transport=polling is accepted and then closed', async (port) => {
    const socket = new RawWebSocket(port, polling);
    return [visible(await socket.opened()), await socket.until(() => false)];
  });
  for (const [name, headers] of Object.entries({
    'without a key': { 'Sec-WebSocket-Key': undefined },
    'with a key that is not 16 bytes': { 'Sec-WebSocket-Key': 'abc' },
  })) {
    same(`is refused ${name}`, async (port) => (await opening(websocket, headers)(port)).status);
  }
  for (const version of ['12', undefined]) {
    same(`is refused with version ${version}`, async (port) =>
      (await opening(websocket, { 'Sec-WebSocket-Version': version })(port)).status, {
      reason: 'RFC 6455 §4.4 has a status of its own, and a header with the version to use',
      natter: 426,
    });
  }
  same('with POST is refused', async (port) => {
    const { status } = await request(port, websocket, {
      method: 'POST',
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': 13,
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    });
    return status;
  });
});

describe('packets of an open session', () => {
  for (const [name, content] of Object.entries({
    'an open packet': '0',
    'an upgrade packet': '5',
    'a noop packet': '6',
    'a noop packet with data': '6abc',
    'a pong that nobody asked for': '3',
    'a pong with data': '3probe',
    'a heartbeat in the wrong direction': '2',
    'a probe': '2probe',
    'an empty frame': '',
    'an unknown packet type': '7',
    'a letter': 'abc',
    'a message of nothing': '4',
    'the separator of polling': '6\x1e6',
    'bytes that nobody announced': Buffer.from([1, 2, 3]),
    'no bytes': Buffer.alloc(0),
    'bytes as base64 that nobody announced': 'bAQID',
  })) {
    same(`${name}`, withJoined((socket) => {
      socket.send(content);
      return outcome(socket);
    }));
  }
  same('take attachments as base64', withJoined((socket) => {
    socket.send('451-["bin1",{"_placeholder":true,"num":0}]');
    socket.send('bAQID');
    return outcome(socket);
  }));
  same('that are bad base64', withJoined((socket) => {
    socket.send('451-["bin1",{"_placeholder":true,"num":0}]');
    socket.send('bA*Q-I_D==x');
    return outcome(socket);
  }), { reason: 'npm changes the bytes without a word', natter: [{ close: 1005 }] });
});

describe('frames', () => {
  const event = '42["e"]';
  for (const [name, give] of Object.entries({
    'a message in three fragments': (s) => {
      s.send(event.slice(0, 2), { fin: false });
      s.send(event.slice(2, 4), { fin: false, opcode: 0 });
      s.send(event.slice(4), { opcode: 0 });
    },
    'a ping between two fragments': (s) => {
      s.send(event.slice(0, 2), { fin: false });
      s.send('hi', { opcode: 9 });
      s.send(event.slice(2), { opcode: 0 });
    },
    'a ping': (s) => s.send('data', { opcode: 9 }),
    'a pong': (s) => s.send('data', { opcode: 10 }),
    'a frame that is not masked': (s) => s.send(event, { mask: false }),
    'a reserved bit': (s) => s.send(event, { rsv: 4 }),
    'a reserved opcode': (s) => s.send(event, { opcode: 3 }),
    'a reserved control opcode': (s) => s.send('', { opcode: 11 }),
    'a continuation of nothing': (s) => s.send(event, { opcode: 0 }),
    'a new message inside another': (s) => {
      s.send('42', { fin: false });
      s.send(event);
    },
    'a ping in fragments': (s) => s.send('x', { opcode: 9, fin: false }),
    'a ping of 126 bytes': (s) => s.send('x'.repeat(126), { opcode: 9 }),
    'text that is not UTF-8': (s) => s.send(Buffer.from([0x34, 0xff, 0xfe]), { opcode: 1 }),
    'a surrogate in UTF-8': (s) => s.send(Buffer.from([0x34, 0xed, 0xa0, 0x80]), { opcode: 1 }),
    'text that ends within a character': (s) => s.send(Buffer.from([0x34, 0xe2, 0x82]), { opcode: 1 }),
    'text over the limit': (s) => s.send('4'.repeat(1_000_001)),
    'bytes over the limit': (s) => s.send(Buffer.alloc(1_000_001)),
    'fragments over the limit together': (s) => {
      s.send('4'.repeat(600_000), { fin: false });
      s.send('4'.repeat(600_000), { opcode: 0 });
    },
    'text of exactly the limit': (s) => s.send(`42["e","${'x'.repeat(1_000_000 - 10)}"]`),
    'a length of 2^53': (s) => s.raw(Buffer.from([0x81, 0xff, 0, 0x20, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4])),
    'a close frame': (s) => s.send('', { opcode: 8 }),
    'a close frame with 1000': (s) => s.send(Buffer.from([3, 232]), { opcode: 8 }),
    'a close frame with 4000 and a reason': (s) =>
      s.send(Buffer.concat([Buffer.from([15, 160]), Buffer.from('bye')]), { opcode: 8 }),
    'a close frame with 1005, which is not to be sent': (s) => s.send(Buffer.from([3, 237]), { opcode: 8 }),
    'a close frame with 999': (s) => s.send(Buffer.from([3, 231]), { opcode: 8 }),
    'a close frame with half a code': (s) => s.send(Buffer.from([3]), { opcode: 8 }),
    'a close frame whose reason is not UTF-8': (s) => s.send(Buffer.from([3, 232, 0xff]), { opcode: 8 }),
  })) {
    same(
      name,
      withJoined(async (socket) => {
        give(socket);
        return outcome(socket);
      }),
    );
  }
  same('a length of 2^63', withJoined((socket) => {
    socket.raw(Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]));
    return outcome(socket);
  }), { reason: 'the topmost bit of a length must be 0 (RFC 6455 §5.2)', natter: [{ close: 1002 }] });
  same('of one byte each are put together', withJoined(async (socket) => {
    const bytes = frame(event);
    for (const byte of bytes) socket.raw(Buffer.from([byte]));
    return socket.next();
  }));
});

/** A polling session, and a WebSocket for the same. */
const upgrading = (look) => inOrder(withPolling(async (session, port) => {
  const socket = new RawWebSocket(port, `${websocket}&sid=${session.sid}`);
  const answer = visible(await socket.opened());
  return [answer, await look(session, socket, port)];
}));

describe('the upgrade', () => {
  same('is answered, ends the GET that waits, and moves what is sent', upgrading(async (session, socket, port) => {
    const poll = await waitingGet(session, port);
    socket.send('2probe');
    const pong = await socket.next();
    const polled = visible(await poll.answer());
    socket.send('5');
    return [
      pong,
      polled,
      await outcome(socket, { join: true }),
      visible(await session.get()),
      visible(await session.post('4x')),
    ];
  }));
  same('needs no GET to wait', upgrading(async (session, socket) => {
    socket.send('2probe');
    const pong = await socket.next();
    socket.send('5');
    return [pong, await outcome(socket, { join: true })];
  }));
  same('moves what waited', upgrading(async (session, socket) => {
    socket.send('2probe');
    const pong = await socket.next();
    await session.post('40');
    socket.send('5');
    return [pong, await outcome(socket)];
  }));
  for (const [name, content] of Object.entries({
    'a ping without probe': '2',
    'another ping': '2prob',
    'a message': '42["e"]',
    'nothing': '',
    'bytes': Buffer.from('2probe'),
    'a letter': 'abc',
    'a close packet': '1',
    'a pong': '3probe',
  })) {
    same(`${name} first closes the WebSocket, and polling goes on`, upgrading(async (session, socket) => {
      socket.send(content);
      return [(await socket.until(() => false)).map(readable), await health(session)];
    }));
  }
  for (const [name, content] of Object.entries({
    'a message': '42["e"]',
    'a close packet': '1',
    'a letter': 'abc',
  })) {
    same(`${name} behind the probe closes the WebSocket, and polling goes on`, upgrading(async (session, socket) => {
      socket.send('2probe');
      const pong = await socket.next();
      socket.send(content);
      const rest = await socket.until(() => false);
      return [pong, rest, await health(session)];
    }));
  }
  same('may probe twice', upgrading(async (session, socket) => {
    socket.send('2probe');
    const pong = await socket.next();
    socket.send('2probe');
    const again = await socket.next();
    socket.send('5');
    return [pong, again, await outcome(socket, { join: true })];
  }));
  same('goes on over polling when the WebSocket closes before it ends', upgrading(async (session, socket) => {
    socket.send('2probe');
    const pong = await socket.next();
    socket.send('', { opcode: 8 });
    const closed = await socket.until(() => false);
    return [pong, closed, await health(session)];
  }));
  same('may be tried again after a failed one', upgrading(async (session, socket, port) => {
    socket.send('no');
    await socket.until(() => false);
    const second = new RawWebSocket(port, `${websocket}&sid=${session.sid}`);
    await second.opened();
    second.send('2probe');
    const pong = await second.next();
    second.send('5');
    return [pong, await outcome(second, { join: true })];
  }));
  same(
    'by a second WebSocket is accepted and then closed; the first goes on',
    upgrading(async (session, socket, port) => {
      socket.send('2probe');
      const pong = await socket.next();
      const second = new RawWebSocket(port, `${websocket}&sid=${session.sid}`);
      const answer = visible(await second.opened());
      const frames = await second.until(() => false);
      socket.send('5');
      return [pong, answer, frames, await outcome(socket, { join: true })];
    }),
  );
  same('of a session that is on WebSocket is accepted and then closed', async (port) => {
    const socket = await webSocketSession(port);
    const { sid } = JSON.parse(socket.handshake.slice(1));
    const second = new RawWebSocket(port, `${websocket}&sid=${sid}`);
    const answer = visible(await second.opened());
    second.send('2probe');
    const first = await second.next();
    second.close();
    return [answer.status, readable(first), await outcome(socket, { join: true })];
  }, {
    reason: 'npm lets a session that began on WebSocket be probed as if it were polling',
    natter: [101, { close: 1005 }, ['40{"sid":"…"}', '42["auth",{}]', '42["e2"]']],
  });
  same('without a probe before it is taken', upgrading(async (session, socket) => {
    socket.send('5');
    return outcome(socket, { join: true });
  }));
  same('loses and doubles nothing of what is sent meanwhile', upgrading(async (session, socket, port) => {
    await enter(session);
    socket.send('2probe');
    const pong = await socket.next();
    const poll = begin(port, session.path);
    await session.post('42["bin1","meanwhile"]');
    // It comes by polling or, where the noop came first, by WebSocket: once, either way.
    const { body } = await poll.answer();
    socket.send('5');
    const rest = await outcome(socket);
    return [pong, [body, ...rest].filter((one) => one.includes('meanwhile')).length, rest.at(-1)];
  }));
});
