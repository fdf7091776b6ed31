// The client socket.io-client 2.5 (Engine.IO 3) against a server in mode `plain` with allowEIO3.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { next, url, ways } from './support.mjs';

const io = createRequire(import.meta.url)('socket.io-client-2');

for (const [way, options] of Object.entries(ways)) {
  describe(way, () => {
    const start = (t, namespace = '/', more = {}) => {
      const socket = io(url + namespace, { forceNew: true, reconnection: false, ...options, ...more });
      t.after(() => socket.disconnect());
      return socket;
    };

    test('connects, with an id that it is told', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      assert.equal(socket.id.length, 20);
    });
    test('emits and receives', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      const got = next(socket, 'e2');
      socket.emit('e');
      await got;
    });
    test('receives a burst whole and in order', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      const got = [];
      const all = new Promise((resolve) => socket.on('burst', (n) => got.push(n) === 500 && resolve()));
      socket.emit('burst', 500);
      await all;
      assert.deepEqual(got, Array.from({ length: 500 }, (_, i) => i));
    });
    test('sends and receives bytes', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      const got = next(socket, 'bin1');
      socket.emit('bin1', Buffer.from([1, 2, 255]));
      assert.deepEqual([...(await got)[0]], [1, 2, 255]);
    });
    test('receives long text with characters of every length', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      const got = next(socket, 'bin1');
      socket.emit('bin1', 'aé€😀'.repeat(1000));
      assert.equal((await got)[0], 'aé€😀'.repeat(1000));
    });
    test('is refused with the data of the error', async (t) => {
      const [error] = await next(start(t, '/mw'), 'error');
      assert.deepEqual(error, { content: 'retry' });
    });
    test('is refused from a namespace that is not there', async (t) => {
      assert.deepEqual(await next(start(t, '/unknown'), 'error'), [{ message: 'Invalid namespace' }]);
    });
    test('leaves and comes back', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      const closed = next(socket.io.engine, 'close');
      socket.disconnect();
      await closed;
      socket.connect();
      await next(socket, 'connect');
    });
    test('its pings are answered', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      await next(socket, 'pong');
      await next(socket, 'pong');
      assert.ok(socket.connected);
    });
  });
}
