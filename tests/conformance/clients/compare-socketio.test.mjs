// Socket.IO packets, right and wrong: what Natter and npm's socket.io make of them, over WebSocket and over polling.
import { describe } from 'node:test';
import { compare } from './comparison.mjs';
import { readable, enter, gather, health, outcome, withJoined, withPolling, withWebSocket } from './sessions.mjs';

const same = (rule, look, intended) => compare('default', rule, look, intended);
const shorten = (text) => (text.length > 60 ? `${text.slice(0, 60)}… (${text.length} characters)` : text);

const strict = 'npm takes it by chance: its decoder asks Number() about single characters';

describe('CONNECT', () => {
  const given = (packet, join) => withWebSocket((socket) => {
    socket.send(packet);
    return outcome(socket, { join });
  });
  for (const packet of [
    '40', '40{}', '40{"token":"123"}', '40{"a":{"b":[1,2.50,"é",null]}}', '40/', '40/,', '40/,{}',
    '40{"a":1,"a":2}', '40?token=1', '40__proto__', '40null',
  ]) {
    same(`to /: ${packet}`, given(packet));
  }
  for (const packet of ['401', '4012{}']) same(`to / with an id: ${packet}`, given(packet));
  for (const packet of [
    '40/mw',
    '40/mw,',
    '40/mw,{"a":1}',
    '40/unknown',
    '40/unknown,',
    '40/unknown,{}',
    '40/unknown?token=1',
    '40/mw?token=1,',
    '40/é,',
    '40/mw,12{}',
    '40/__proto__,',
    `40/${'x'.repeat(10_000)},`,
  ]) {
    same(`to another: ${shorten(packet)}`, given(packet, true));
  }
  for (const packet of ['40[]', '40"a"', '40true', '40{', '40{}x', '40/unknown,[]', '40/mw,x']) {
    same(`malformed: ${packet}`, given(packet, true));
  }
  same('malformed: 40 {}', given('40 {}'), { reason: strict, natter: [{ close: 1005 }] });
  same('to a namespace that was joined', withJoined((socket) => {
    socket.send('40');
    return outcome(socket);
  }));
  same('again after DISCONNECT', withJoined((socket) => {
    socket.send('41');
    return outcome(socket, { join: true });
  }));
  same('again after it was refused', withWebSocket(async (socket) => {
    socket.send('40/mw');
    const refused = readable(await socket.next());
    socket.send('40/mw');
    return [refused, ...(await outcome(socket, { join: true }))];
  }));
});

describe('before CONNECT', () => {
  for (const packet of [
    '42["e"]',
    '41',
    '43[]',
    '431[]',
    '44',
    '451-["bin1",{"_placeholder":true,"num":0}]',
    '42/mw,["e"]',
    '41/mw,',
  ]) {
    same(
      packet,
      withWebSocket((socket) => {
        socket.send(packet);
        return outcome(socket, { join: true });
      }),
    );
  }
  same('a binary event for a namespace that was not joined, with its bytes', withWebSocket((socket) => {
    socket.send('451-["bin1",{"_placeholder":true,"num":0}]');
    socket.send(Buffer.from([1]));
    return outcome(socket, { join: true });
  }));
});

describe('right behind CONNECT', () => {
  same('an event in the same body', withPolling(async (session) => {
    const { status } = await session.post('40\x1e42["e"]');
    return [status, await gather(session, '42["e2"]')];
  }), {
    reason: 'it waits for the answer to CONNECT; npm closes the connection of a client that does not wait',
    natter: [200, '40{"sid":"…"}\x1e42["auth",{}]\x1e42["e2"]'],
  });
  same('a second CONNECT in the same body', withPolling(async (session) => {
    const { status } = await session.post('40\x1e40');
    return [status, await gather(session, '42["auth"')];
  }), {
    reason: 'it closes the connection, as at any other time; npm makes two sockets of it',
    natter: [200, '40{"sid":"…"}\x1e6\x1e1'],
  });
});

describe('packets', () => {
  const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
  for (const packet of [
    '2["e"]',
    '2["unheard of",1,{"a":[]}]',
    '2[1]',
    '2[1,2]',
    '2[1.5]',
    '2["e",null]',
    '2[null]',
    '2[true]',
    '2[{}]',
    '2[[]]',
    '2[]',
    '2{}',
    '2"e"',
    '2null',
    '2["e"',
    '2["e"]x',
    '2["e"] ',
    '2["e",]',
    "2['e']",
    '2["e",NaN]',
    '2["e",01]',
    '2["\\ud800"]',
    '2["\\x"]',
    '2["",1]',
    ...reserved.map((name) => `2["${name}"]`),
    '2["connection"]',
    '2["error"]',
    '2["__proto__"]',
    '2["constructor"]',
    '20["e"]',
    '21["e"]',
    '2007["e"]',
    '2-1["e"]',
    '2+1["e"]',
    '2/,["e"]',
    '2/["e"]',
    '2/mw,["e"]',
    '2/unknown,["e"]',
    '1',
    '1[]',
    '1{}',
    '1"a"',
    '11',
    '1/mw,',
    '1/unknown,',
    '1/,',
    '3[]',
    '31[]',
    '31{}',
    '31["a"]',
    '3999[]',
    '3x[]',
    '4',
    '4{}',
    '4"a"',
    '4{"message":"x"}',
    '4/mw,{"message":"x"}',
    '7',
    '8',
    '9',
    'x',
    ' ',
    '2\u0000',
    `2["e","${'x'.repeat(10_000)}"]`,
    `2["${'x'.repeat(10_000)}"]`,
    `2["e",${'['.repeat(50)}${']'.repeat(50)}]`,
    '2["e",{"_placeholder":true,"num":0}]',
  ]) {
    same(
      `4${shorten(packet)}`,
      withJoined((socket) => {
        socket.send(`4${packet}`);
        return outcome(socket, { join: /^1(,|\/,|\[|\{|"|1|$)/.test(packet) });
      }),
    );
  }
  const refused = (packet, reason) => same(`4${packet}`, withJoined((socket) => {
    socket.send(`4${packet}`);
    return outcome(socket);
  }), { reason, natter: [{ close: 1005 }] });
  for (const packet of ['2', '21', '3', '31'])
    refused(packet, 'an event or an acknowledgement has arguments; npm drops these');
  refused('2 ["e"]', strict);
  refused('2999999999999999999999999["e"]', 'no client counts so far, and the number would not come back as it was');
  same('keep the form of numbers and the order of keys', withJoined((socket) => {
    socket.send('42["bin1",{"b":1.50,"2":1e2,"1":-0,"a":12345678901234567890}]');
    return outcome(socket);
  }), {
    reason: 'JavaScript moves keys that are whole numbers to the front, and has 53 bits for a number',
    natter: ['42["bin1",{"b":1.5,"2":100.0,"1":0,"a":12345678901234567890}]', '42["e2"]'],
  });
  const byPolling = (packet) => withPolling(async (session) => {
    await enter(session);
    const { status, body } = await session.post(packet);
    return [status, body, await health(session)];
  });
  for (const packet of ['9', '42/unknown,["e"]', '42["connect"]']) same(`${packet} by polling`, byPolling(packet));
  for (const packet of ['42{}', '44', '452-["e",{"_placeholder":true,"num":7}]']) {
    same(`${packet} by polling`, byPolling(packet), {
      reason: 'the session is gone at once; npm keeps it until a GET comes, for half a minute',
      natter: [200, 'ok', { ended: 400, body: '{"code":1,"message":"Session ID unknown"}' }],
    });
  }
});

describe('attachments', () => {
  const given = (packets) => withJoined((socket) => {
    for (const packet of packets) socket.send(typeof packet === 'string' ? packet : Buffer.from(packet));
    return outcome(socket);
  });
  const one = '{"_placeholder":true,"num":0}';
  for (const [name, packets] of Object.entries({
    'one': [`451-["bin1",${one}]`, [1]],
    'none, though announced as binary': ['450-["e"]'],
    'of no bytes': [`451-["bin1",${one}]`, []],
    'a count without its hyphen': [`451["bin1",${one}]`],
    'a count that is missing': [`45-["bin1",${one}]`],
    'a count that is no number': [`45x-["bin1",${one}]`],
    'a negative count': [`45-1-["bin1",${one}]`],
    'a count with a fraction': [`451.5-["bin1",${one}]`],
    'a count with a leading zero': [`4501-["bin1",${one}]`, [1]],
    'ten, the most': [`4510-["bin1",${one}]`, ...Array.from({ length: 10 }, (_, i) => [i])],
    'eleven, one too many': [`4511-["bin1",${one}]`],
    'a huge count': [`4599999999999999-["bin1",${one}]`],
    'a placeholder for bytes that do not come': ['451-["bin1",{"_placeholder":true,"num":1}]', [1]],
    'a placeholder with a negative number': ['451-["bin1",{"_placeholder":true,"num":-1}]', [1]],
    'a placeholder with text for a number': ['451-["bin1",{"_placeholder":true,"num":"0"}]', [1]],
    'a placeholder without a number': ['451-["bin1",{"_placeholder":true}]', [1]],
    'a placeholder that says false': ['451-["bin1",{"_placeholder":false,"num":0}]', [1]],
    'a placeholder that says 1': ['451-["bin1",{"_placeholder":1,"num":0}]', [1]],
    'the same bytes twice': [`451-["bin1",[${one},${one}]]`, [1]],
    'bytes that no placeholder names': ['451-["bin1",5]', [1]],
    'within objects': [`452-["bin1",{"a":[${one},{"b":{"_placeholder":true,"num":1}}]}]`, [1], [2]],
    'text while bytes are awaited': [`451-["bin1",${one}]`, '42["e"]'],
    'a ping answered while bytes are awaited': [`451-["bin1",${one}]`, '3x', [1]],
    'in an acknowledgement that nobody awaits': [`461-7[${one}]`, [1]],
    'in an event that nobody handles': [`451-["unheard of",${one}]`, [1]],
    'with an acknowledgement asked for': [`451-3["bin1",${one}]`, [1]],
    'in a namespace': [`451-/mw,["bin1",${one}]`, [1]],
    'a binary event that is no array': ['451-{}', [1]],
    'a binary event with a reserved name': [`451-["connect",${one}]`, [1]],
    'bytes for a name': [`451-[${one}]`, [1]],
  })) {
    same(name, given(packets));
  }
  // Whether the answer to the event leaves before the bytes behind it are read is chance.
  const more = given([`451-["bin1",${one}]`, [1], [2]]);
  same('more bytes than announced', async (port) => (await more(port)).at(-1));
  for (const [name, packets] of Object.entries({
    'a count with an exponent': [`451e0-["bin1",${one}]`, [1]],
    'a count in hexadecimal': [`450x1-["bin1",${one}]`, [1]],
    'a count behind a blank': [`45 1-["bin1",${one}]`, [1]],
    'a placeholder with a fraction': ['451-["bin1",{"_placeholder":true,"num":0.5}]', [1]],
  })) {
    same(name, given(packets), {
      reason: 'npm asks Number() only; here it is a number of bytes or a place, in digits',
      natter: [{ close: 1005 }],
    });
  }
});
