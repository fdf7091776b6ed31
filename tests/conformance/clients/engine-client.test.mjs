// The client engine.io-client 6 against a server in mode `engine-client`.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Fetch, Socket } from 'engine.io-client';
import { next, url, ways } from './support.mjs';

const start = (t, options) => {
  const socket = new Socket(url, { path: '/engine.io', ...options });
  t.after(() => socket.close());
  return socket;
};
/** The message that comes back for `question`; "hi" came first. */
async function answer(socket, question) {
  const [hi] = await next(socket, 'data');
  assert.equal(hi, 'hi');
  const got = next(socket, 'data');
  socket.send(question);
  return (await got)[0];
}

for (const [way, options] of Object.entries(ways)) {
  describe(way, () => {
    test('is greeted, and gets back what it sends', async (t) => {
      assert.equal(await answer(start(t, options), 'cash money €€€'), 'cash money €€€');
    });
    test('gets bytes', async (t) => {
      assert.deepEqual([...(await answer(start(t, options), 'give binary'))], [0, 1, 2, 3, 4]);
    });
    test('gets UTF-8', async (t) => {
      assert.equal(await answer(start(t, options), 'give utf8'), 'пойду спать всем спокойной ночи');
    });
    test('is refused with 403 or an error when denied', async (t) => {
      const [error] = await next(start(t, { ...options, query: { deny: 1 } }), 'error');
      if (options.transports?.[0] !== 'websocket') assert.equal(error.description, 403);
    });
    test('splits what it sends by the limit that it was told', async (t) => {
      const socket = start(t, { ...options, upgrade: false });
      await next(socket, 'open');
      const sent = ['a'.repeat(90), 'b'.repeat(5), 'c'.repeat(90), 'd'];
      const got = [];
      const all = new Promise((resolve) => {
        socket.on('data', (data) => data !== 'hi' && got.push(data) === sent.length && resolve());
      });
      for (const data of sent) socket.send(data);
      await all;
      assert.deepEqual(got, sent);
    });
    test('is closed when it sends more than the limit in one', async (t) => {
      const socket = start(t, { ...options, upgrade: false });
      await next(socket, 'open');
      const closed = next(socket, 'close');
      socket.send('a'.repeat(101));
      await closed;
    });
  });
}

test('tells the headers of the POST', async (t) => {
  const headers = JSON.parse(
    await answer(start(t, { transports: ['polling'], extraHeaders: { 'X-One': 'two' } }), 'sendHeaders'),
  );
  assert.equal(headers['x-one'], 'two');
  assert.match(headers.host, /^127\.0\.0\.1:/);
});

test('keeps the cookies of the handshake as they say', async (t) => {
  const socket = start(t, { transports: ['polling'], withCredentials: true });
  const headers = JSON.parse(await answer(socket, 'sendHeaders'));
  assert.match(headers.cookie, /1=1/);
  assert.doesNotMatch(headers.cookie, /3=3|4=4/);
});

test('works with fetch', async (t) => {
  assert.equal(await answer(start(t, { transports: [Fetch] }), 'by fetch'), 'by fetch');
});
