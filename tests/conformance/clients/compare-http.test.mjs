// Engine.IO over HTTP: the answers of Natter and of npm's socket.io to the same requests, with default options.
import { describe } from 'node:test';
import { compare, inOrder, ownPage, untyped, visible } from './comparison.mjs';
import {
  ask,
  enter,
  gather,
  health,
  healthJoined,
  polling,
  pollingSession,
  webSocketSession,
  websocket,
  withPolling,
  withWaitingGet,
} from './sessions.mjs';
import { begin, request } from './wire.mjs';

const same = (rule, look, intended) => compare('default', rule, look, intended);
const post = (content, headers) => ({ method: 'POST', body: content, headers });

describe('handshake by polling', () => {
  same('opens a session', ask(polling));
  same('opens a session for an empty sid', ask(`${polling}&sid=`));
  same('opens a session below any path with the prefix', ask('/socket.io/more?EIO=4&transport=polling'));
  same('takes the last of two values of a parameter', ask('/socket.io/?EIO=3&EIO=4&transport=x&transport=polling'));
  same('takes an encoded parameter', ask('/socket.io/?EIO=%34&transport=poll%69ng'));
  same('answers a browser of old with a header of its own', ask(polling, { headers: { 'User-Agent': ';MSIE 9.0' } }));
  same(
    'is not found without the trailing slash',
    async (port) => (await request(port, '/socket.io?EIO=4&transport=polling')).status,
  );
  for (const query of [
    '',
    'EIO=4',
    'EIO=4&transport=abc',
    'EIO=4&transport=',
    'EIO=4&transport=polling%00',
    'EIO=4&transport=webtransport',
  ]) {
    same(`has no transport for "${query}"`, ask(`/socket.io/?${query}`));
  }
  for (const eio of ['', 'EIO=', 'EIO=3', 'EIO=5', 'EIO=04', 'EIO=4.0', 'EIO=abc']) {
    same(`refuses the protocol version "${eio}"`, ask(`/socket.io/?${eio}&transport=polling`));
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
    same(`refuses ${method}`, ask(polling, { method }));
    same(
      `refuses ${method} before it looks at the protocol version`,
      ask('/socket.io/?EIO=9&transport=polling', { method }),
    );
  }
  same('refuses transport=websocket without an upgrade', ask(websocket));
  same('refuses an unknown transport before an unknown session', ask('/socket.io/?EIO=4&transport=abc&sid=abc'));
});

describe('a session id that is not known', () => {
  for (const sid of ['abc', 'a'.repeat(20), '__proto__', 'constructor', '%00', 'x'.repeat(10_000)]) {
    const name = sid.length > 30 ? 'of 10,000 characters' : sid;
    same(`GET ${name}`, ask(`${polling}&sid=${sid}`));
  }
  same('POST', ask(`${polling}&sid=abc`, post('4x')));
  same('PUT', ask(`${polling}&sid=abc`, { method: 'PUT' }));
  same('GET with transport=websocket', ask(`${websocket}&sid=abc`));
});

describe('requests of a session', () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']) {
    same(`${method} is answered 500, and the session goes on`, withPolling(async (session) => [
      visible(await session.get({ method })),
      await health(session),
    ]));
  }
  same('of another transport is refused, and the session goes on', withPolling(async (session, port) => [
    visible(await request(port, `${websocket}&sid=${session.sid}`)),
    await health(session),
  ]));
  same('of another protocol version is refused, and the session goes on', withPolling(async (session, port) => [
    visible(await request(port, `/socket.io/?EIO=3&transport=polling&sid=${session.sid}`)),
    visible(await request(port, `/socket.io/?transport=polling&sid=${session.sid}`)),
    await health(session),
  ]));
  same('a second GET ends the first and the session', withWaitingGet(async (session, first) => {
    const second = visible(await session.get());
    return [visible(await first.answer()), second, await health(session)];
  }));
  same('a second POST while the first is being sent ends the session', withWaitingGet(async (session, poll, port) => {
    const first = begin(port, session.path, { method: 'POST', body: '4', length: 10 });
    await request(port, `${session.path}&x=1`, { method: 'PUT' });
    const second = visible(await session.post('4x'));
    const polled = visible(await poll.answer());
    first.abort();
    return [second, polled, await health(session)];
  }));
  same('a GET whose client goes away ends the session', withWaitingGet(async (session, poll) => {
    poll.abort();
    return closedSoon(session);
  }));
  same('a POST whose client goes away ends the session', inOrder(withPolling(async (session, port) => {
    const first = begin(port, session.path, { method: 'POST', body: '4', length: 10 });
    await request(port, `${session.path}&x=1`, { method: 'PUT' });
    first.abort();
    return closedSoon(session);
  })));
  same('on WebSocket are refused, and it goes on', async (port) => {
    const socket = await webSocketSession(port);
    const { sid } = JSON.parse(socket.handshake.slice(1));
    const answers = [
      visible(await request(port, `${polling}&sid=${sid}`)),
      visible(await request(port, `${polling}&sid=${sid}`, post('4x'))),
    ];
    socket.send('40');
    return [answers, await socket.next()];
  });
});

/** The answer to a session's PUT once it has ended: 500 while it lives. */
async function closedSoon(session) {
  for (;;) {
    const { status, body } = await session.get({ method: 'PUT' });
    if (status !== 500) return { status, body };
  }
}

describe('bodies', () => {
  const accepted = {
    'a message': '42["e"]',
    'several packets': '42["e"]\x1e42["e"]',
    'a pong that nobody asked for': '3',
    'an open packet': '0',
    'an upgrade packet': '5',
    'a noop packet': '6',
  };
  for (const [name, content] of Object.entries(accepted)) {
    same(`takes ${name}`, withPolling(async (session) => {
      await enter(session);
      const posted = visible(await session.post(content));
      return [posted, await healthJoined(session)];
    }));
  }

  const malformed = {
    'an unknown packet type': '9',
    'a letter': 'abc',
    'nothing': '',
    'a separator alone': '\x1e',
    'a packet and a separator behind it': '40\x1e',
    'a heartbeat in the wrong direction': '2',
    'a probe': '2probe',
    'a message that is no packet of Socket.IO': '4x',
    'a message of nothing': '4',
    'bytes that nobody announced': 'bAQID',
    'the framing of protocol 3': '4:40{}',
  };
  for (const [name, content] of Object.entries(malformed)) {
    same(`ends the session at ${name}`, withWaitingGet(async (session, poll) => {
      const posted = visible(await session.post(content));
      return [posted, visible(await poll.answer()), await health(session)];
    }));
  }

  same('ends the session when told to, with a noop to the GET that waits', withWaitingGet(async (session, poll) => {
    const posted = visible(await session.post('1'));
    return [posted, visible(await poll.answer()), await health(session)];
  }));
  same('leaves what follows a close packet', withPolling(async (session) => [
    visible(await session.post('1\x1e40')),
    await health(session),
  ]));
  same('of application/octet-stream are refused and end the session', withPolling(async (session) => [
    visible(await session.post('40', { headers: { 'Content-Type': 'application/octet-stream' } })),
    await health(session),
  ]));
  for (const type of ['text/plain;charset=UTF-8', 'application/json', 'application/x-www-form-urlencoded']) {
    same(`of ${type} are taken`, withPolling(async (session) => [
      visible(await session.post('40', { headers: { 'Content-Type': type } })),
      await gather(session, 'auth'),
    ]));
  }
  same('over the limit are refused, and the session goes on', withPolling(async (session) => [
    visible(await session.post('4'.repeat(1_000_001))),
    await health(session),
  ]));
  same('over the limit in UTF-8 but not in characters are refused', withPolling(async (session) => [
    visible(await session.post(`42["e","${'é'.repeat(500_001)}"]`)),
    await health(session),
  ]));
  same('of exactly the limit are taken', withPolling(async (session) => {
    await enter(session);
    return [visible(await session.post(`42["e","${'x'.repeat(1_000_000 - 10)}"]`)), visible(await session.get())];
  }));
  same('in chunks are taken', withPolling(async (session, port) => {
    const sent = begin(port, session.path, { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } });
    sent.line.write('1\r\n4\r\n1\r\n0\r\n0\r\n\r\n');
    return [visible(await sent.answer()), await gather(session, 'auth')];
  }));
  same('in chunks over the limit are refused, and the session goes on', withPolling(async (session, port) => {
    const sent = begin(port, session.path, { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } });
    for (let i = 0; i < 11; i++) sent.line.write(`${(100_000).toString(16)}\r\n${'4'.repeat(100_000)}\r\n`);
    const answer = await sent.answer();
    return [answer.status ?? answer, await health(session)];
  }));
  same('hold bytes as base64', withPolling(async (session) => {
    await enter(session);
    await session.post('451-["bin1",{"_placeholder":true,"num":0}]\x1ebAQIDBA==');
    return gather(session, '\x1eb');
  }));
});

describe('answers to GET', () => {
  const big = (headers) =>
    withPolling(async (session) => {
      await enter(session);
      await session.post('42["big"]');
      const answer = await session.get({ headers });
      const seen = visible(answer);
      if (seen.headers['content-encoding']) {
        const zlib = await import('node:zlib');
        seen.body = (seen.headers['content-encoding'] === 'gzip' ? zlib.gunzipSync : zlib.inflateSync)(
          answer.bytes,
        ).toString();
      }
      return seen;
    });
  same('are sent as they are when no encoding is accepted', big({}));
  for (const accepted of [
    'gzip',
    'deflate',
    'gzip, deflate, br',
    'deflate, gzip',
    'br',
    'identity',
    '*',
    'gzip;q=0',
    'gzip;q=0.1, deflate;q=0.9',
    'GZIP',
    '',
  ]) {
    same(`over 1024 bytes are compressed for "${accepted}" as it says`, big({ 'Accept-Encoding': accepted }));
  }
  same('under 1024 bytes are not compressed', withPolling(async (session) => {
    await session.post('40');
    return visible(await session.get({ headers: { 'Accept-Encoding': 'gzip' } })).headers;
  }));
  same('join the packets that wait', withPolling(async (session) => {
    await enter(session);
    await session.post('42["burst",3]\x1e42["e"]');
    return gather(session, 'e2');
  }));
});

describe('JSONP', () => {
  const script = (path) => async (port) => untyped(await ask(path, { headers: ownPage })(port));
  same('wraps the handshake', script(`${polling}&j=0`));
  same("keeps but digits of the callback's number", script(`${polling}&j=1);alert(2`));
  same(
    'is a script by its type',
    async (port) => (await request(port, `${polling}&j=0`, { headers: ownPage })).headers['content-type'],
    {
      reason: 'polling answers carry nosniff, and browsers then run nothing that is not named a script',
      natter: 'text/javascript; charset=UTF-8',
    },
  );
  same('is for pages that are known', async (port) => (await request(port, `${polling}&j=0`)).status, {
    reason: 'a script names no origin, so a foreign page could read what is for its visitor',
    natter: 403,
  });
  same('takes a form and answers in script', async (port) => {
    const session = await pollingSession(port);
    const jsonp = { ...session, path: `${session.path}&j=2` };
    const posted = await request(port, jsonp.path, {
      method: 'POST',
      body: 'd=40',
      headers: { ...ownPage, 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    return [visible(posted), untyped(visible(await request(port, jsonp.path, { headers: ownPage })))];
  });
});
