// Connection state recovery with the client 4.8, against a server in mode `client`.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { client, next, ways } from './support.mjs';

for (const [way, options] of Object.entries(ways)) {
  describe(way, () => {
    const start = async (t) => {
      const socket = client(t, { ...options, reconnection: true, reconnectionDelay: 10, randomizationFactor: 0 });
      await next(socket, 'connect');
      const hi = next(socket, 'hi');
      socket.emit('hi');
      await hi;
      return socket;
    };

    test('a broken line keeps id and rooms', async (t) => {
      const socket = await start(t);
      const { id } = socket;
      socket.io.engine.close();
      await next(socket, 'connect');
      assert.deepEqual([socket.recovered, socket.id], [true, id]);
    });
    test('recovers again and again', async (t) => {
      const socket = await start(t);
      const { id } = socket;
      for (let i = 0; i < 5; i++) {
        socket.io.engine.close();
        await next(socket, 'connect');
        assert.deepEqual([socket.recovered, socket.id], [true, id]);
      }
    });
    test('what was sent into a line that breaks comes after it', async (t) => {
      const socket = await start(t);
      const got = [];
      socket.on('takeUtf8', (text) => got.push(text));
      const answer = socket.timeout(5000).emitWithAck('echo', 1);
      socket.emit('getUtf8');
      await answer;
      socket.io.engine.close();
      await next(socket, 'connect');
      assert.equal(socket.recovered, true);
      await socket.timeout(5000).emitWithAck('echo', 2);
      assert.deepEqual(got, ['てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'utf8 — string', 'utf8 — string']);
    });
    test('who leaves comes back as somebody new', async (t) => {
      const socket = await start(t);
      const { id } = socket;
      socket.disconnect();
      socket.connect();
      await next(socket, 'connect');
      assert.equal(socket.recovered, false);
      assert.notEqual(socket.id, id);
    });
  });
}
