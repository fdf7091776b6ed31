// The client engine.io-client 6 against a server in mode `engine`: every message comes back as it was sent.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Socket } from 'engine.io-client';
import { next, url, ways } from './support.mjs';

for (const [way, options] of Object.entries(ways)) {
  describe(way, () => {
    const start = (t, more = {}) => {
      const socket = new Socket(url, { path: '/engine.io', ...options, ...more });
      t.after(() => socket.close());
      return socket;
    };

    test('opens with the times of the server', async (t) => {
      const socket = start(t);
      const [handshake] = await next(socket, 'handshake');
      const { sid, upgrades, pingInterval, pingTimeout, maxPayload } = handshake;
      assert.equal(sid.length, 20);
      assert.deepEqual(upgrades, options.transports?.[0] === 'websocket' ? [] : ['websocket']);
      assert.deepEqual([pingInterval, pingTimeout, maxPayload], [300, 200, 1_000_000]);
    });

    test('gets text back as text and bytes as bytes, in order', async (t) => {
      const socket = start(t);
      await next(socket, 'open');
      const sent = [
        'text',
        Buffer.from([0, 255, 4]),
        'てすと — 🙂',
        Buffer.alloc(0),
        'x'.repeat(100_000),
        Buffer.alloc(70_000, 7),
      ];
      const got = [];
      const all = new Promise((resolve) => {
        socket.on('data', (data) => got.push(data) === sent.length && resolve());
      });
      for (const data of sent) socket.send(data);
      await all;
      assert.deepEqual(got, sent);
    });

    test('stays open from ping to ping', async (t) => {
      const socket = start(t);
      for (let i = 0; i < 3; i++) await next(socket, 'ping');
      assert.equal(socket.readyState, 'open');
    });

    test('is closed by a message over the limit', async (t) => {
      const socket = start(t, { upgrade: false });
      await next(socket, 'open');
      const closed = next(socket, 'close');
      socket.send('x'.repeat(1_000_001));
      await closed;
    });

    test('closes after what it sent has gone', async (t) => {
      const socket = start(t);
      await next(socket, 'open');
      const got = [];
      socket.on('data', (data) => got.push(data));
      const closed = next(socket, 'close');
      socket.send('last');
      socket.close();
      const [reason] = await closed;
      assert.equal(reason, 'forced close');
    });
  });
}

test('moves to WebSocket with messages under way', async (t) => {
  const socket = new Socket(url, { path: '/engine.io' });
  t.after(() => socket.close());
  const got = [];
  socket.on('data', (data) => got.push(Number(data)));
  const upgraded = next(socket, 'upgrade');
  await next(socket, 'open');
  let sent = 0;
  let moved = false;
  upgraded.then(() => (moved = true), () => {});
  while (!moved) {
    socket.send(String(sent++));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  socket.send(String(sent++));
  while (got.length < sent) await next(socket, 'data');
  assert.deepEqual(got, Array.from({ length: sent }, (_, i) => i));
  assert.equal(socket.transport.name, 'websocket');
});
