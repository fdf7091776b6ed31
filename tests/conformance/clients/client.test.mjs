// The JavaScript client 4.8 against a server in mode `client`, over every way to connect.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { client, next, ways } from './support.mjs';

for (const [way, options] of Object.entries(ways)) {
  describe(way, () => {
    const start = (t, namespace, more = {}) => client(t, { ...options, ...more }, namespace);

    test('connects and gets an id that is not the id of the engine session', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      assert.equal(socket.id.length, 20);
      assert.notEqual(socket.id, socket.io.engine.id);
    });

    test('emits and receives', async (t) => {
      const socket = start(t);
      const hi = next(socket, 'hi');
      socket.emit('hi');
      await hi;
    });

    test('is acknowledged with what it sent', async (t) => {
      const socket = start(t);
      for (const value of [1, 'text', null, true, { a: [1, { b: 2 }] }, 'てすと — 🙂']) {
        assert.deepEqual(await socket.timeout(5000).emitWithAck('echo', value), value);
      }
    });

    test('acknowledges what the server asks', async (t) => {
      const socket = start(t);
      socket.on('ack', (answer) => answer(5, { test: true }));
      const got = next(socket, 'got it');
      socket.emit('ack');
      await got;
    });

    test('gets dates as ISO text', async (t) => {
      const socket = start(t);
      const date = await socket.timeout(5000).emitWithAck('getAckDate', new Date(0));
      assert.equal(new Date(date).toISOString(), date);
      const taken = next(socket, 'takeDate');
      socket.emit('getDate');
      assert.equal(typeof (await taken)[0], 'string');
      const object = next(socket, 'takeDateObj');
      socket.emit('getDateObj');
      assert.equal(typeof (await object)[0].date, 'string');
    });

    test('receives UTF-8 of every length in order', async (t) => {
      const socket = start(t);
      const got = [];
      const all = new Promise((resolve) => {
        socket.on('takeUtf8', (text) => got.push(text) === 5 && resolve());
      });
      socket.emit('getUtf8');
      await all;
      assert.deepEqual(got, ['てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'utf8 — string', 'utf8 — string']);
    });

    test('receives false as false', async (t) => {
      const socket = start(t);
      const got = next(socket, 'false');
      socket.emit('false');
      assert.equal((await got)[0], false);
    });

    test('receives bytes', async (t) => {
      const socket = start(t);
      const got = next(socket, 'doge');
      socket.emit('doge');
      assert.equal(Buffer.from((await got)[0]).toString(), 'asdfasdf');
    });

    test('sends bytes, alone, inside JSON, and in two messages that stay in order', async (t) => {
      const socket = start(t);
      const bytes = Buffer.from([0, 1, 2, 255]);
      const answered = (event) => next(socket, event);
      let answer = answered('buffack');
      socket.emit('buffa', bytes);
      await answer;
      answer = answered('jsonbuff-ack');
      socket.emit('jsonbuff', { hello: 'lol', message: bytes, goodbye: 'gotcha' });
      await answer;
      answer = answered('abuff2-ack');
      socket.emit('abuff1', bytes);
      socket.emit('abuff2', 'please arrive second');
      await answer;
      answer = answered('takebin');
      socket.emit('getbin');
      assert.ok(Buffer.isBuffer((await answer)[0]));
    });

    test('opens several namespaces on one connection', async (t) => {
      const main = start(t);
      const foo = main.io.socket('/foo');
      await Promise.all([next(main, 'connect'), next(foo, 'connect')]);
      assert.notEqual(main.id, foo.id);
      assert.equal(await foo.timeout(5000).emitWithAck('getId'), foo.id);
      assert.equal(await main.timeout(5000).emitWithAck('getId'), main.id);
    });

    test('is told why it was refused: unknown namespace, middleware of / and of another', async (t) => {
      const [unknown] = await next(start(t, '/unknown'), 'connect_error');
      assert.equal(unknown.message, 'Invalid namespace');
      const [no] = await next(start(t, '/no'), 'connect_error');
      assert.equal(no.message, 'Auth failed (custom namespace)');
      const [fail] = await next(start(t, '/', { query: { fail: true } }), 'connect_error');
      assert.equal(fail.message, 'Auth failed (main namespace)');
    });

    test('sees its query and credentials in the handshake', async (t) => {
      const socket = start(t, '/abc', { query: { a: 'b c', d: '&e' }, auth: { token: '123' } });
      const [handshake] = await next(socket, 'handshake');
      assert.equal(handshake.query.a, 'b c');
      assert.equal(handshake.query.d, '&e');
      assert.equal(handshake.auth.token, '123');
      assert.equal(handshake.xdomain, false);
    });

    test('leaves and comes back with a new id', async (t) => {
      const socket = start(t);
      await next(socket, 'connect');
      const first = socket.id;
      socket.disconnect();
      socket.connect();
      await next(socket, 'connect');
      assert.notEqual(socket.id, first);
    });

    test('reconnects by itself when the line breaks, and recovers what it was', async (t) => {
      const socket = start(t, '/', { reconnection: true, reconnectionDelay: 10 });
      await next(socket, 'connect');
      socket.emit('hi');
      await next(socket, 'hi');
      const id = socket.id;
      socket.io.engine.close();
      await next(socket, 'connect');
      assert.equal(socket.recovered, true);
      assert.equal(socket.id, id);
    });
  });
}
