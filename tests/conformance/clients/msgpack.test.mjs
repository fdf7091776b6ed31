// The client 4.8 with socket.io-msgpack-parser 3 against a server in mode `plain` with the same parser.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import parser from 'socket.io-msgpack-parser';
import { client, next, ways } from './support.mjs';

for (const [way, options] of Object.entries(ways)) {
  describe(way, () => {
    const start = (t, namespace, more) => client(t, { ...options, parser, ...more }, namespace);

    test('gets its credentials back on connection', async (t) => {
      const socket = start(t, '/', { auth: { token: 'abc', n: 1 } });
      assert.deepEqual(await next(socket, 'auth'), [{ token: 'abc', n: 1 }]);
    });
    for (const value of [null, true, -1, 2 ** 40, 1.5, '', 'é€😀', 'x'.repeat(70_000), [], {}, { a: [{ b: null }] }]) {
      const shown = JSON.stringify(value).slice(0, 30);
      test(`${shown} comes back`, async (t) => {
        const socket = start(t);
        const got = next(socket, 'bin1');
        socket.emit('bin1', value);
        assert.deepEqual(await got, [value]);
      });
    }
    test('bytes come back', async (t) => {
      const socket = start(t);
      const got = next(socket, 'bin1');
      socket.emit('bin1', { a: Buffer.from([1, 2, 255]) });
      assert.deepEqual([...(await got)[0].a], [1, 2, 255]);
    });
    test('is refused with the data of the error', async (t) => {
      const [error] = await next(start(t, '/mw'), 'connect_error');
      assert.deepEqual([error.message, error.data], ['not authorized', { content: 'retry' }]);
    });
    test('receives a burst in order', async (t) => {
      const socket = start(t);
      const got = [];
      const all = new Promise((resolve) => socket.on('burst', (n) => got.push(n) === 500 && resolve()));
      socket.emit('burst', 500);
      await all;
      assert.deepEqual(got, Array.from({ length: 500 }, (_, i) => i));
    });
  });
}

test('is closed for bytes that are no packet', async (t) => {
  const socket = start1(t);
  await next(socket, 'connect');
  const closed = next(socket, 'disconnect');
  socket.io.engine.send(Buffer.from([0xc1, 1, 2]));
  await closed;
});
const start1 = (t) => client(t, { parser, transports: ['websocket'] });
