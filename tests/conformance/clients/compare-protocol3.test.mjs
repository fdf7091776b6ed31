// Clients of Engine.IO 3 and Socket.IO 2: Natter and npm's socket.io with allowEIO3, asked the same.
import { describe } from 'node:test';
import { compare, inOrder, ownPage, untyped, visible } from './comparison.mjs';
import { ask, readable, waitingGet } from './sessions.mjs';
import { RawWebSocket, request } from './wire.mjs';

const polling = '/socket.io/?EIO=3&transport=polling';
const websocket = '/socket.io/?EIO=3&transport=websocket';
const same = (rule, look, intended) => compare('eio3', rule, look, intended);
const text = (packet) => `${packet.length}:${packet}`;

/** A polling session past its handshake and the `40` that follows unasked. */
async function session(port, more = '') {
  const path = polling + more;
  const first = await request(port, path, { headers: ownPage });
  const sid = /sid\\?":\\?"([\w-]{20})/.exec(first.bytes.toString('latin1'))[1];
  const own = `${path}&sid=${sid}`;
  return {
    sid, first, path: own,
    get: (options) => request(port, own, { headers: ownPage, ...options }),
    post: (content, headers) =>
      request(port, own, { method: 'POST', body: content, headers: { ...ownPage, ...headers } }),
  };
}
const withSession = (look, more) => async (port) => look(await session(port, more), port);

/** The packets of GETs until `last` is among them; the sid is hidden where bytes hold it. */
async function collect(own, last) {
  let all = Buffer.alloc(0);
  let types = new Set();
  do {
    const answer = await own.get();
    if (answer.status !== 200) return [answer.status, all.toString('hex')];
    types.add(answer.headers['content-type']);
    all = Buffer.concat([all, answer.bytes]);
  } while (!all.includes(last));
  return [[...types], own.binary ? all.toString('latin1') : all.toString()];
}

/** As `collect`, for JSONP: the last answer, with the texts of all scripts. */
async function collectScripts(own, last) {
  let all = '';
  for (;;) {
    const answer = untyped(visible(await own.get()));
    const [, script] = /^___eio\[4\]\("(.*)"\);$/s.exec(answer.body) ?? [];
    if (script === undefined) return answer;
    all += script;
    if (all.includes(last)) return { ...answer, body: all };
  }
}

async function open(port, path = websocket) {
  const socket = new RawWebSocket(port, path);
  const answer = visible(await socket.opened());
  return Object.assign(socket, { answer });
}
const joined = (look) => async (port) => {
  const socket = await open(port);
  const start = await socket.until((frame) => String(frame).startsWith('42["auth"'));
  const seen = await look(socket, start);
  socket.close();
  return seen;
};
const outcome = async (socket) => {
  socket.send('42["e"]');
  const frames = await socket.until((frame) => frame === '42["e2"]');
  socket.close();
  return frames.map(readable);
};

describe('polling', () => {
  same('opens a session with the length in front, and joins / unasked', async (port) => {
    const own = await session(port, '&b64=1');
    return [visible(own.first), await collect(own, 'auth')];
  });
  same('opens a session in the binary framing', async (port) => {
    const own = await session(port);
    const steadyBytes = own.first.bytes.toString('latin1').replace(own.sid, '…'.padEnd(1));
    return [own.first.headers['content-type'], steadyBytes];
  });
  same('without a version is version 3', ask('/socket.io/?transport=polling&b64=1'));
  same('of a wrong version is version 3', ask('/socket.io/?EIO=abc&transport=polling&b64=1'));
  same('lengths count UTF-16 units', withSession(async (own) => {
    await collect(own, 'auth');
    const packet = '42["bin1","é€😀"]';
    const posted = await own.post(text(packet), { 'Content-Type': 'text/plain;charset=UTF-8' });
    return [visible(posted), await collect(own, 'bin1')];
  }, '&b64=1'));
  same('bytes as base64', withSession(async (own) => {
    await collect(own, 'auth');
    const posted = await own.post(text('451-["bin1",{"_placeholder":true,"num":0}]') + text('b4AQIDBA=='));
    return [visible(posted), await collect(own, 'b4AQ')];
  }, '&b64=1'));
  same('bytes in the binary framing', withSession(async (own) => {
    own.binary = true;
    await collect(own, 'auth');
    const packet = '451-["bin1",{"_placeholder":true,"num":0}]';
    const digits = (n) => [...String(n)].map(Number);
    const body = Buffer.concat([
      Buffer.from([0, ...digits(packet.length), 255]), Buffer.from(packet), Buffer.from([1, 4, 255, 4, 1, 2, 3]),
    ]);
    const posted = await own.post(body, { 'Content-Type': 'application/octet-stream' });
    return [visible(posted), await collect(own, Buffer.from([4, 1, 2, 3]))];
  }));
  same('a ping is answered', withSession(async (own) => {
    await collect(own, 'auth');
    await own.post(text('2'));
    return collect(own, '3');
  }, '&b64=1'));
  same('a ping with data is answered with it', withSession(async (own) => {
    await collect(own, 'auth');
    await own.post(text('2abc'));
    return collect(own, '3');
  }, '&b64=1'));
  same('a packet of nothing in a body', withSession(async (own) => {
    await collect(own, 'auth');
    return [visible(await own.post('0:')), visible(await own.post(text('42["e"]'))), await collect(own, 'e2')];
  }, '&b64=1'));
  for (const [name, content] of Object.entries({
    'a length that is too long': '9:42["e"]',
    'a length that is too short': '3:42["e"]',
    'no length': ':42["e"]',
    'a letter for a length': 'a:42["e"]',
    'no colon': '7',
    'a negative length': '-1:2',
    'the form of protocol 4': '42["e"]',
    'an unknown type': '1:9',
    'a pong': '1:3',
    'nothing': '',
  })) {
    same(`${name} in a body`, inOrder(withSession(async (own, port) => {
      await collect(own, 'auth');
      const poll = await waitingGet(own, port);
      const posted = await own.post(content);
      return [visible(posted), visible(await poll.answer()), (await own.get({ method: 'PUT' })).status];
    }, '&b64=1')));
  }
});

describe('JSONP', () => {
  same('wraps the handshake', async (port) => untyped(await ask(`${polling}&j=3`, { headers: ownPage })(port)));
  same('takes a form, with its lines escaped', async (port) => {
    const own = await session(port, '&j=4');
    const first = await collectScripts(own, 'auth');
    const posted = visible(
      await own.post(`d=${encodeURIComponent(text('42["bin1","a\\\\nb\u2028c"]'))}`, {
        'Content-Type': 'application/x-www-form-urlencoded',
      }),
    );
    return [first, posted, await collectScripts(own, 'bin1')];
  });
});

describe('WebSocket', () => {
  const given = (content) => joined((socket) => {
    socket.send(content);
    return outcome(socket);
  });
  same('opens a session and joins / unasked', joined((socket, start) => [socket.answer, start]));
  same('a ping is answered', joined(async (socket) => {
    socket.send('2');
    return socket.next();
  }));
  same('takes and sends bytes with a type in front', joined(async (socket) => {
    socket.send('451-["bin1",{"_placeholder":true,"num":0}]');
    socket.send(Buffer.from([4, 1, 2, 3]));
    return [readable(await socket.next()), readable(await socket.next())];
  }));
  same('takes bytes as base64', joined(async (socket) => {
    socket.send('451-["bin1",{"_placeholder":true,"num":0}]');
    socket.send('b4AQID');
    return [readable(await socket.next()), readable(await socket.next())];
  }));
  for (const [name, content] of Object.entries({
    'a pong': '3',
    'a message of nothing': '4',
    'an empty frame': '',
    'an unknown type': '9',
    'CONNECT to / again': '40',
  })) {
    same(name, given(content));
  }
  same('a close packet', given('1'), {
    reason: 'closed at once; npm waits for the next ping that does not come',
    natter: [{ close: 1005 }],
  });
  for (const [name, content] of Object.entries({
    'bytes without a type': Buffer.from([9]),
    'no bytes': Buffer.alloc(0),
  })) {
    same(name, given(content), { reason: 'no packet; npm drops it', natter: [{ close: 1005 }] });
  }
  same('by default is refused', async (port) => (await open(port, websocket)).answer);
  compare('default', 'is refused without allowEIO3', async (port) => {
    const socket = new RawWebSocket(port, websocket);
    const { status } = await socket.opened();
    return status;
  }, {
    reason: 'npm answers 101 and then writes a 400 into the WebSocket; a plain 400 can be read by the client',
    natter: 400,
  });
});

describe('the upgrade', () => {
  same('moves the session', inOrder(async (port) => {
    const own = await session(port, '&b64=1');
    await collect(own, 'auth');
    const socket = await open(port, `${websocket}&sid=${own.sid}`);
    const poll = await waitingGet(own, port);
    socket.send('2probe');
    const pong = await socket.next();
    const polled = visible(await poll.answer());
    socket.send('5');
    return [pong, polled, await outcome(socket)];
  }));
});

describe('Socket.IO 2', () => {
  for (const packet of [
    '0/mw',
    '0/mw,',
    '0/unknown',
    '0/mw?token=1',
    '0/,',
    '1',
    '1/mw',
    '2["e"]',
    '27["e"]',
    '2/mw,["e"]',
    '4"x"',
    '2{}',
    '2["connect"]',
  ]) {
    same(
      `4${packet}`,
      joined((socket) => {
        socket.send(`4${packet}`);
        return outcome(socket);
      }),
    );
  }
});
