// The JavaScript client 4.8 against a server in mode `plain`: broadcasts, bursts, bytes, errors with data.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { client, next, ways } from './support.mjs';

for (const [way, options] of Object.entries(ways)) {
  describe(way, () => {
    const start = (t, namespace) => client(t, options, namespace);

    test('gets its credentials back on connection', async (t) => {
      const socket = client(t, { ...options, auth: { token: 'abc' } });
      assert.deepEqual(await next(socket, 'auth'), [{ token: 'abc' }]);
    });

    test('receives a burst whole and in order', async (t) => {
      const socket = start(t);
      const got = [];
      const all = new Promise((resolve) => {
        socket.on('burst', (n) => got.push(n) === 1000 && resolve());
      });
      socket.emit('burst', 1000);
      await all;
      assert.ok(got.every((n, i) => i === 0 || n === got[i - 1] + 1));
    });

    test('receives a long text whole', async (t) => {
      const socket = start(t);
      const big = next(socket, 'big');
      socket.emit('big');
      assert.deepEqual(await big, ['x'.repeat(3000)]);
    });

    test('a broadcast of bytes reaches everybody', async (t) => {
      const [a, b] = [start(t), start(t)];
      await Promise.all([next(a, 'connect'), next(b, 'connect')]);
      const both = Promise.all([next(a, 'bin'), next(b, 'bin')]);
      const bytes = Buffer.from([9, 8, 7]);
      a.emit('bin', bytes);
      for (const [got] of await both) assert.deepEqual(Buffer.from(got), bytes);
    });

    test('is refused with the data of the error', async (t) => {
      const [error] = await next(start(t, '/mw'), 'connect_error');
      assert.equal(error.message, 'not authorized');
      assert.deepEqual(error.data, { content: 'retry' });
    });
  });
}
