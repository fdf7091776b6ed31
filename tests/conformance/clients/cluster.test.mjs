// Servers on Node.js and on the JVM as one cluster over Redis or PostgreSQL. NATTER_REDIS or NATTER_POSTGRES is its
// address, NATTER_ADAPTER the kind of adapter, NATTER_MIX the servers: N for Node.js, J for the JVM. A fence proves
// that nothing else came: a later event on the same way has arrived.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, test } from 'node:test';
import { Emitter } from '@socket.io/postgres-emitter';
import pg from 'pg';
import { createClient } from 'redis';
import { Node, next, plain, until } from './cluster.mjs';

const { NATTER_REDIS: redis, NATTER_POSTGRES: postgres, NATTER_ADAPTER: adapter = 'classic' } = process.env;
const { NATTER_MIX: mixes = 'NNN JNN NJJ JJJ' } = process.env;

for (const mix of mixes.split(' ')) {
  describe(`${adapter}, ${[...mix].join('-')}`, () => {
    let nodes, sockets, all;
    /** Messages in JSON cannot hold bytes. */
    const json = adapter === 'classic-json';
    const classic = adapter.startsWith('classic');
    /** With channels of their own for rooms: the servers that have joined each room in a test. */
    const perRoom = adapter === 'sharded' || adapter === 'sharded-private';
    const used = new Map();
    let client;
    const listeners = async (room) =>
      Number((await client.sendCommand(['PUBSUB', 'SHARDNUMSUB', `socket.io#/#${room}#`]))[1]);

    before(async () => {
      if (perRoom) client = await createClient({ url: redis }).connect();
      const address = adapter === 'postgres' ? ['--postgres', postgres] : ['--redis', redis];
      const words = ['--adapter', adapter, ...address, '--port', '0', '--timeout', '1500'];
      nodes = await Promise.all([...mix].map((kind) => Node.start(kind, words)));
      await until(async () => {
        const counts = await Promise.all(nodes.map((node) => node.ask('serverCount')));
        return counts.every(({ count }) => count === 3);
      }, 'three servers that know each other');
    });
    after(() => Promise.all([client?.close(), ...nodes.map((node) => node.stop())]));

    beforeEach(async () => {
      sockets = nodes.map((node) => node.client());
      await Promise.all(sockets.map((socket) => next(socket, 'connect')));
      all = { args: [], event: 'test' };
    });
    afterEach(async () => {
      sockets.forEach((socket) => socket.disconnect());
      await until(async () => {
        const found = await Promise.all(nodes.map((node) => node.ask('fetchSockets', { flags: { local: true } })));
        return found.every(({ sockets }) => sockets.length === 0);
      }, 'no socket left');
      await Promise.all(nodes.map((node) => node.ask('seen')));
      for (const room of used.keys())
        await until(async () => (await listeners(room)) === 0, `no channel of ${room} left`);
      used.clear();
    });

    /** The events of each client before the fence. */
    async function received(emit) {
      const got = sockets.map(() => []);
      sockets.forEach((socket, i) => socket.on('test', (...args) => got[i].push(plain(args))));
      const fences = Promise.all(sockets.map((socket) => next(socket, 'fence')));
      const answer = await emit();
      await nodes[0].ask('emit', { event: 'fence', args: [] });
      await fences;
      return { got, answer };
    }
    const counts = ({ got }) => got.map((events) => events.length);
    async function join(i, ...rooms) {
      await nodes[i].ask('join', { sid: sockets[i].id, join: rooms });
      if (!perRoom) return;
      for (const room of rooms) {
        used.set(room, (used.get(room) ?? new Set()).add(i));
        await until(async () => (await listeners(room)) >= used.get(room).size, `a channel of ${room}`);
      }
    }
    const rooms = async (i) =>
      (await nodes[i].ask('rooms', { sid: sockets[i].id })).rooms.filter((r) => r !== sockets[i].id).sort();

    if (json) {
      test('a broadcast reaches all clients', async () => {
        const args = [1, '2', { 3: ['4'] }, null, 2.5, 'ä€😀'];
        const { got } = await received(() => nodes[0].ask('emit', { event: 'test', args }));
        for (const events of got) assert.deepEqual(events, [args]);
      });
    } else test('a broadcast with bytes reaches all clients', async () => {
      const args = [1, '2', { 3: ['4'] }, { $bytes: '05ff' }, null, 2.5, 'ä€😀'];
      const { got } = await received(async () => {
        const heard = Promise.all(sockets.map((socket) => next(socket, 'test')));
        await nodes[0].ask('emit', { event: 'test', args });
        await heard; // PostgreSQL carries bytes by another way than the fence
      });
      for (const events of got) {
        assert.equal(events.length, 1);
        const [bytes] = events[0].splice(3, 1);
        assert.deepEqual(Buffer.from(bytes), Buffer.from([5, 255]));
        assert.deepEqual(events[0], [1, '2', { 3: ['4'] }, null, 2.5, 'ä€😀']);
      }
    });

    test('a broadcast in a namespace stays in it', async () => {
      const custom = nodes.map((node) => node.client('/custom'));
      try {
        await Promise.all(custom.map((socket) => next(socket, 'connect')));
        const heard = Promise.all(custom.map((socket) => next(socket, 'test')));
        const { got } = await received(async () => {
          await nodes[0].ask('emit', { nsp: '/custom', ...all });
          await heard;
        });
        assert.deepEqual(counts({ got }), [0, 0, 0]);
      } finally {
        custom.forEach((socket) => socket.disconnect());
      }
    });

    test('a broadcast to a room reaches its members on other servers', async () => {
      await join(1, 'room1');
      assert.deepEqual(counts(await received(() => nodes[0].ask('emit', { rooms: ['room1'], ...all }))), [0, 1, 0]);
    });

    test('a broadcast except a room leaves its members out', async () => {
      await join(1, 'room1');
      assert.deepEqual(counts(await received(() => nodes[0].ask('emit', { except: ['room1'], ...all }))), [1, 0, 1]);
    });

    test('a broadcast to two rooms reaches a member of both once', async () => {
      await Promise.all([join(0, 'room1'), join(1, 'room1', 'room2'), join(2, 'room2')]);
      assert.deepEqual(
        counts(await received(() => nodes[0].ask('emit', { rooms: ['room1', 'room2'], ...all }))),
        [1, 1, 1],
      );
    });

    test('a local broadcast stays on its server', async () => {
      assert.deepEqual(
        counts(await received(() => nodes[0].ask('emit', { flags: { local: true }, ...all }))),
        [1, 0, 0],
      );
    });

    test('a broadcast to the id of a socket of another server reaches it', async () => {
      assert.deepEqual(
        counts(await received(() => nodes[0].ask('emit', { rooms: [sockets[2].id], ...all }))),
        [0, 0, 1],
      );
    });

    test('events of one server arrive in order', async () => {
      const { got } = await received(async () => {
        for (let n = 0; n < 200; n++) nodes[0].ask('emit', { event: 'test', args: [n] });
      });
      for (const events of got) assert.deepEqual(events.map(([n]) => n), [...Array(200).keys()]);
    });

    test('a broadcast gathers one acknowledgement of each client', async () => {
      sockets.forEach((socket, i) => socket.on('test', (value, answer) => answer(value + i)));
      const { answers } = await nodes[0].ask('emit', { event: 'test', args: [1], ack: 5000 });
      assert.deepEqual(answers.sort(), [1, 2, 3]);
    });

    if (!json)
      test('a broadcast gathers acknowledgements with bytes', async () => {
        sockets.forEach((socket, i) =>
          socket.on('test', (value, answer) => answer(Buffer.from([i, ...new Uint8Array(value)]))),
        );
        const { answers } = await nodes[0].ask('emit', { event: 'test', args: [{ $bytes: 'aa' }], ack: 5000 });
        assert.deepEqual(answers.map(({ $bytes }) => $bytes).sort(), ['00aa', '01aa', '02aa']);
      });

    test('a broadcast without receivers gathers nothing', async () => {
      assert.deepEqual(await nodes[0].ask('emit', { rooms: ['nobody'], event: 'test', args: [], ack: 5000 }), {
        answers: [],
      });
    });

    test('a client that does not acknowledge leaves the answers of the others', async () => {
      sockets.slice(0, 2).forEach((socket, i) => socket.on('test', (answer) => answer(i)));
      const { error, answers } = await nodes[0].ask('emit', { event: 'test', args: [], ack: 700 });
      assert.equal(error, 'timeout');
      assert.deepEqual(answers.sort(), [0, 1]);
    });

    test('socketsJoin reaches all sockets', async () => {
      await nodes[0].ask('socketsJoin', { join: ['room1'] });
      for (const i of [0, 1, 2]) await until(async () => (await rooms(i)).includes('room1'), `socket ${i} in the room`);
    });

    test('socketsJoin reaches the members of a room and no others', async () => {
      await Promise.all([join(0, 'room1'), join(2, 'room1')]);
      await nodes[0].ask('socketsJoin', { rooms: ['room1'], join: ['room2'] });
      for (const i of [0, 2]) await until(async () => (await rooms(i)).includes('room2'), `socket ${i} in the room`);
      assert.deepEqual(await rooms(1), []);
    });

    test('socketsJoin reaches one socket of another server', async () => {
      await nodes[0].ask('socketsJoin', { rooms: [sockets[1].id], join: ['room3', 'room4'] });
      await until(async () => (await rooms(1)).join() === 'room3,room4', 'both rooms');
      assert.deepEqual(await rooms(0), []);
    });

    test('socketsLeave reaches all sockets', async () => {
      await Promise.all([0, 1, 2].map((i) => join(i, 'room1', 'room2')));
      await nodes[0].ask('socketsLeave', { leave: ['room1'] });
      for (const i of [0, 1, 2]) await until(async () => (await rooms(i)).join() === 'room2', `socket ${i} has left`);
    });

    test('socketsLeave reaches the members of a room and no others', async () => {
      await Promise.all([join(0, 'room1', 'room2'), join(1, 'room2'), join(2, 'room1', 'room2')]);
      await nodes[0].ask('socketsLeave', { rooms: ['room1'], leave: ['room2'] });
      for (const i of [0, 2]) await until(async () => (await rooms(i)).join() === 'room1', `socket ${i} has left`);
      assert.deepEqual(await rooms(1), ['room2']);
    });

    test('socketsLeave reaches one socket of another server', async () => {
      await Promise.all([0, 1].map((i) => join(i, 'room1')));
      await nodes[0].ask('socketsLeave', { rooms: [sockets[1].id], leave: ['room1'] });
      await until(async () => (await rooms(1)).length === 0, 'the room is left');
      assert.deepEqual(await rooms(0), ['room1']);
    });

    test('disconnectSockets reaches the members of a room', async () => {
      await join(1, 'room1');
      const gone = next(sockets[1], 'disconnect');
      await nodes[0].ask('disconnectSockets', { rooms: ['room1'] });
      assert.equal((await gone)[0], 'io server disconnect');
      assert.ok(sockets[0].connected && sockets[2].connected);
    });

    test('fetchSockets finds the sockets of all servers', async () => {
      const { sockets: found } = await nodes[0].ask('fetchSockets');
      assert.deepEqual(found.map(({ id }) => id).sort(), sockets.map(({ id }) => id).sort());
    });

    test('fetchSockets gives handshake, rooms and data as the socket has them', async () => {
      await join(1, 'room1');
      await nodes[1].ask('data', { sid: sockets[1].id, data: { name: 'Ada', tags: ['x', 1] } });
      const { handshake } = await nodes[1].ask('handshake', { sid: sockets[1].id });
      const { sockets: found } = await nodes[0].ask('fetchSockets', { rooms: ['room1'] });
      assert.equal(found.length, 1);
      assert.deepEqual(found[0], {
        id: sockets[1].id,
        rooms: [sockets[1].id, 'room1'],
        data: { name: 'Ada', tags: ['x', 1] },
        handshake,
      });
    });

    test('fetchSockets with local stays on its server', async () => {
      const { sockets: found } = await nodes[0].ask('fetchSockets', { flags: { local: true } });
      assert.deepEqual(found.map(({ id }) => id), [sockets[0].id]);
    });

    test('serverSideEmit reaches the other servers', async () => {
      await nodes[0].ask('serverSideEmit', { event: 'hello', args: ['world', 1, '2'] });
      for (const i of [1, 2]) {
        const seen = await until(async () => {
          const { seen } = await nodes[i].ask('seen');
          return seen.length > 0 && seen;
        }, `the event on server ${i}`);
        assert.deepEqual(seen, [['world', 1, '2']]);
      }
      assert.deepEqual(await nodes[0].ask('seen'), { seen: [] });
    });

    test('serverSideEmit gathers one answer of each other server', async () => {
      await Promise.all([1, 2].map((i) => nodes[i].ask('answerWith', { value: i })));
      const { answers } = await nodes[0].ask('serverSideEmit', { event: 'hello', args: ['ack'], ack: true });
      assert.deepEqual(answers.sort(), [1, 2]);
    });

    // Node.js waits 5 seconds with all adapters but the classic one: a server on the JVM asks, where there is one.
    const asker = classic ? 0 : mix.indexOf('J');
    if (asker >= 0) {
      test('serverSideEmit gives the answers that came when a server gives none', async () => {
        const [first, second] = [0, 1, 2].filter((i) => i !== asker);
        await Promise.all([nodes[first].ask('answerWith', { value: 7 }), nodes[second].ask('answerWith', {})]);
        const { error, answers } = await nodes[asker].ask('serverSideEmit', {
          event: 'hello',
          args: ['ack'],
          ack: true,
        });
        assert.ok(error);
        assert.deepEqual(answers ?? [7], [7]);
      });
    }

    // Node.js has an emitter for the classic adapter only.
    const emitting = classic ? 0 : mix.indexOf('J');
    if (emitting >= 0) {
      const beside = (op, words) => nodes[emitting].ask(op, { ...words, emitter: true });
      test('an emitter reaches all, a room, all but a room, and a namespace', async () => {
        await join(1, 'room1');
        const expected = [
          [{}, [1, 1, 1]],
          [{ rooms: ['room1'] }, [0, 1, 0]],
          [{ except: ['room1'] }, [1, 0, 1]],
          [{ rooms: [sockets[2].id] }, [0, 0, 1]],
          [{ nsp: '/custom' }, [0, 0, 0]],
        ];
        for (const [words, wanted] of expected) {
          assert.deepEqual(
            await emitted({ ...words, event: 'test', args: [1, json ? 'x' : { $bytes: '05ff' }] }),
            wanted,
            JSON.stringify(words),
          );
        }
      });

      /** How often each client got an event of the emitter; a second one by the same way is the fence. */
      async function emitted(words) {
        const got = sockets.map(() => 0);
        sockets.forEach((socket, i) => socket.on('test', () => got[i]++));
        const fences = Promise.all(sockets.map((socket) => next(socket, 'fence')));
        await beside('emit', words);
        await beside('emit', { event: 'fence', args: [json ? 'x' : { $bytes: '01' }] });
        await fences;
        sockets.forEach((socket) => socket.off('test'));
        return got;
      }

      test('an emitter makes sockets join, leave and disconnect', async () => {
        await beside('socketsJoin', { join: ['room1'] });
        for (const i of [0, 1, 2])
          await until(async () => (await rooms(i)).includes('room1'), `socket ${i} in the room`);
        await beside('socketsLeave', { rooms: [sockets[1].id], leave: ['room1'] });
        await until(async () => (await rooms(1)).length === 0, 'the room is left');
        const gone = Promise.all([0, 2].map((i) => next(sockets[i], 'disconnect')));
        await beside('disconnectSockets', { rooms: ['room1'], close: false });
        for (const [reason] of await gone) assert.equal(reason, 'io server disconnect');
        assert.ok(sockets[1].connected);
      });

      test('an emitter reaches the handlers of all servers', async () => {
        await beside('serverSideEmit', { event: 'hello', args: ['emitter', 1] });
        for (const node of nodes) {
          const seen = await until(async () => {
            const { seen } = await node.ask('seen');
            return seen.length > 0 && seen;
          }, 'the event');
          assert.deepEqual(seen, [['emitter', 1]]);
        }
      });
    }

    test('every server can be the one that sends', async () => {
      for (const node of nodes) {
        const heard = Promise.all(sockets.map((socket) => next(socket, 'test')));
        await node.ask('emit', { event: 'test', args: [node.kind] });
        for (const args of await heard) assert.deepEqual(plain(args), [node.kind]);
        sockets.forEach((socket) => socket.on('ask', (answer) => answer(socket.id)));
        const { answers } = await node.ask('emit', { event: 'ask', args: [], ack: 5000 });
        assert.deepEqual(answers.sort(), sockets.map(({ id }) => id).sort());
        sockets.forEach((socket) => socket.off('ask'));
        const { sockets: found } = await node.ask('fetchSockets');
        assert.equal(found.length, 3);
      }
    });

    if (adapter === 'postgres') {
      test('a long broadcast, which goes by the table, reaches all clients', async () => {
        const text = 'ä€😀'.repeat(4000);
        const { got } = await received(async () => {
          const heard = Promise.all(sockets.map((socket) => next(socket, 'test')));
          await nodes[0].ask('emit', { event: 'test', args: [text, { n: [1, -1, 1.5, 70000, 5e9, null, true] }] });
          await heard;
        });
        for (const events of got) assert.deepEqual(events, [[text, { n: [1, -1, 1.5, 70000, 5e9, null, true] }]]);
      });

      test('a long answer comes back by the table', async () => {
        const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(9000));
        sockets.forEach((socket, i) => socket.on('test', (answer) => answer(texts[i])));
        const { answers } = await nodes[0].ask('emit', { event: 'test', args: [], ack: 5000 });
        assert.deepEqual(answers.sort(), texts);
      });
    }

    if (adapter === 'postgres' && mix.includes('J')) {
      // Servers on Node.js do not hear version 0.1.1 of this emitter: it does not name the namespace.
      test('the emitter of Node.js reaches the clients of Natter', async () => {
        const pool = new pg.Pool({ connectionString: postgres, max: 1 });
        const own = sockets.filter((_, i) => nodes[i].kind === 'J');
        const all = (event) => Promise.all(own.map((socket) => next(socket, event)));
        try {
          const emitter = new Emitter(pool);
          const texts = all('text');
          emitter.emit('text', 1, { a: 'ä' });
          for (const args of await texts) assert.deepEqual(args, [1, { a: 'ä' }]);
          const bytes = all('bytes');
          emitter.to(own.map(({ id }) => id)).emit('bytes', Buffer.from([1, 2]), 'x'.repeat(9000));
          for (const [buffer, text] of await bytes) {
            assert.deepEqual(Buffer.from(buffer), Buffer.from([1, 2]));
            assert.equal(text.length, 9000);
          }
          emitter.socketsJoin('room1');
          for (const [i, { kind }] of nodes.entries())
            if (kind === 'J') await until(async () => (await rooms(i)).includes('room1'), `socket ${i} in the room`);
        } finally {
          await pool.end();
        }
      });
    }

    if (adapter === 'postgres' && mix === 'JJJ') {
      test('long and short events of one server arrive in order', async () => {
        const { got } = await received(async () => {
          for (let n = 0; n < 60; n++)
            nodes[0].ask('emit', { event: 'test', args: [n, n % 3 ? '' : 'x'.repeat(9000)] });
        });
        for (const events of got) assert.deepEqual(events.map(([n]) => n), [...Array(60).keys()]);
      });

      test('an event arrives whatever its length around the limit of a notification', async () => {
        const lengths = [];
        for (let length = 7850; length < 7920; length++) lengths.push(length);
        const { got } = await received(async () => {
          for (const length of lengths) nodes[0].ask('emit', { event: 'test', args: ['x'.repeat(length)] });
        });
        for (const events of got) assert.deepEqual(events.map(([text]) => text.length), lengths);
      });
    }

    if (classic && mix.includes('N')) {
      test('allRooms of Node.js names the rooms of all servers', async () => {
        await Promise.all([0, 1, 2].map((i) => join(i, `room${i}`)));
        const asker = nodes.find(({ kind }) => kind === 'N');
        const { rooms: found } = await asker.ask('allRooms');
        for (const i of [0, 1, 2]) assert.ok(found.includes(`room${i}`));
      });
    }
  });
}
