// Faults of clients, sent to a server in mode `plain` with default options: a clear answer each time, and the
// server as well afterwards as before.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { afterEach, describe, test } from 'node:test';
import { polling, pollingSession, webSocketSession, websocket } from './sessions.mjs';
import { client, next, url } from './support.mjs';
import { RawWebSocket, begin, request } from './wire.mjs';

const port = Number(new URL(url).port);
const foreign = { Origin: 'http://evil.example' };

/** After whatever a test has done, a client joins, over each transport, and is answered. */
afterEach(async () => {
  for (const transport of ['polling', 'websocket']) {
    const socket = client({ after() {} }, { transports: [transport] });
    const answered = next(socket, 'e2');
    socket.emit('e');
    await answered;
    socket.disconnect();
  }
});

describe('a foreign Origin', () => {
  test('is refused by polling, and told what to do', async () => {
    const { status, headers, body } = await request(port, polling, { headers: foreign });
    assert.deepEqual([status, headers['content-type']], [403, 'application/json']);
    const { code, message } = JSON.parse(body);
    assert.equal(code, 4);
    assert.match(message, /origin/i);
    assert.equal(headers['access-control-allow-origin'], undefined);
  });
  test('is refused by WebSocket', async () => {
    const { status, body } = await new RawWebSocket(port, websocket, foreign).opened();
    assert.equal(status, 400);
    assert.match(body, /origin/i);
  });
  test('is refused for a request of a session, which goes on', async () => {
    const session = await pollingSession(port);
    assert.equal((await session.post('40', { headers: foreign })).status, 403);
    assert.equal((await new RawWebSocket(port, `${websocket}&sid=${session.sid}`, foreign).opened()).status, 400);
    assert.equal((await session.post('40')).status, 200);
  });
  test('"null" is foreign, the own is not', async () => {
    assert.equal((await request(port, polling, { headers: { Origin: 'null' } })).status, 403);
    assert.equal((await request(port, polling, { headers: { Origin: `http://127.0.0.1:${port}` } })).status, 200);
    assert.equal((await request(port, polling, { headers: { Origin: `http://127.0.0.1:${port + 1}` } })).status, 403);
  });
});

describe('a name of 10,000 characters', () => {
  const long = 'x'.repeat(10_000);
  const joined = async () => {
    const socket = await webSocketSession(port);
    socket.send('40');
    await socket.until((frame) => String(frame).startsWith('42["auth"'));
    return socket;
  };
  test('for a namespace: it does not exist', async () => {
    const socket = await webSocketSession(port);
    socket.send(`40/${long},`);
    assert.equal(await socket.next(), `44/${long},{"message":"Invalid namespace"}`);
    socket.close();
  });
  test('for an event: nobody listens to it', async () => {
    const socket = await joined();
    socket.send(`42["${long}",1]`);
    socket.send('42["e"]');
    assert.equal(await socket.next(), '42["e2"]');
    socket.close();
  });
  test('for a session: it is not known', async () => {
    const { status, body } = await request(port, `${polling}&sid=${long}`);
    assert.deepEqual([status, JSON.parse(body).code], [400, 1]);
  });
  test('for a transport: it is not known', async () => {
    const { status, body } = await request(port, `/socket.io/?EIO=4&transport=${long}`);
    assert.deepEqual([status, JSON.parse(body).code], [400, 0]);
  });
  test('for a header: taken, and no more than the host allows', async () => {
    const { status } = await request(port, polling, { headers: { 'X-Long': 'x'.repeat(1_000_000) } });
    assert.ok([431, 400].includes(status), `${status}`); // Tomcat says 400
  });
  test('for a URL: refused past what the host allows', async () => {
    const { status } = await request(port, `${polling}&x=${'x'.repeat(1_000_000)}`);
    assert.ok([414, 400].includes(status), `${status}`); // Tomcat says 400
  });
});

describe('too much', () => {
  test('a body over the limit by its length: 413 before it is sent', async () => {
    const session = await pollingSession(port);
    const { status } = await begin(port, session.path, { method: 'POST', body: '4', length: 1_000_000_000 }).answer();
    assert.equal(status, 413);
    assert.equal((await session.post('40')).status, 200);
  });
  test('a message nested 10,000 deep closes the connection', async () => {
    const socket = await webSocketSession(port);
    socket.send('40');
    await socket.next();
    socket.send(`42["e",${'['.repeat(10_000)}${']'.repeat(10_000)}]`);
    assert.ok((await socket.until(() => false)).some((frame) => frame.close));
  });
  test('a body of 100,000 empty messages closes the session', async () => {
    const session = await pollingSession(port);
    const { status } = await session.post(Array(100_000).fill('4').join('\x1e'));
    assert.equal(status, 200);
    assert.equal((await session.get()).status, 400);
  });
});

describe('nonsense', () => {
  test('transport=websocket without an upgrade on a WebSocket session is answered', async () => {
    const socket = await webSocketSession(port);
    const { sid } = JSON.parse(socket.handshake.slice(1));
    assert.equal((await request(port, `${websocket}&sid=${sid}`)).status, 400);
    socket.close();
  });
  for (const [name, bytes] of Object.entries({
    'no HTTP': 'HELO\r\n\r\n',
    'another version of HTTP': 'GET / HTTP/9.9\r\n\r\n',
    'no host': 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n\r\n',
    'a header without a colon': 'GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n',
    'two lengths': 'POST /socket.io/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    'a length and chunks':
      'POST /socket.io/ HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'random bytes': Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 167) % 256)),
  })) {
    test(`${name} is refused with 400 or closed`, async () => {

      const answer = await new Promise((resolve) => {
        const raw = connect(port, '127.0.0.1', () => raw.end(bytes));
        let all = '';
        raw.on('data', (data) => (all += data));
        raw.on('close', () => resolve(all));
        raw.on('error', () => resolve(all));
      });
      assert.match(answer, /^(HTTP\/1\.1 (4\d\d|505)|$)/);
    });
  }
  test('a WebSocket that goes away in the middle of a frame', async () => {
    const socket = await webSocketSession(port);
    socket.raw(Buffer.from([0x81, 0xff, 0, 0, 0]));
    socket.close();
  });
  test('a thousand sessions that are opened and left', async () => {
    for (let i = 0; i < 10; i++) {
      const all = await Promise.all(Array.from({ length: 100 }, () => request(port, polling)));
      assert.ok(all.every(({ status }) => status === 200));
    }
  });
});
