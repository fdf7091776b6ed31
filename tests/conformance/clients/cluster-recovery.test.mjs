// Connection state recovery with the streams adapter: a client comes back to another server. NATTER_MIX names pairs:
// the server that the client leaves and the one that it comes back to.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from 'redis';
import { Node, next, plain, until } from './cluster.mjs';

const { NATTER_REDIS: redis, NATTER_MIX: mixes = 'NN NJ JN JJ' } = process.env;

for (const mix of mixes.split(' ')) {
  describe(`streams, ${[...mix].join('-')}`, () => {
    let nodes, store;

    before(async () => {
      store = await createClient({ url: redis }).connect();
      const words = ['--adapter', 'streams', '--redis', redis, '--port', '0'];
      nodes = await Promise.all([...mix].map((kind) => Node.start(kind, words)));
      await until(
        async () => (await Promise.all(nodes.map((node) => node.ask('serverCount')))).every(({ count }) => count === 2),
        'two servers that know each other',
      );
    });
    after(() => Promise.all([store.close(), ...nodes.map((node) => node.stop())]));

    /** A client on the first server that has an offset. */
    async function client() {
      const socket = nodes[0].client();
      await next(socket, 'connect');
      const first = next(socket, 'first');
      await nodes[1].ask('emit', { event: 'first', args: [] });
      await first;
      return socket;
    }

    /** Cuts the line, and waits until the server has kept the session. */
    async function leave(socket) {
      socket.io.engine.close();
      await until(() => store.exists(`sio:session:${socket._pid}`), 'the session is kept');
    }

    async function comeBack(socket, node) {
      socket.io.uri = `http://127.0.0.1:${node.port}/`;
      const connected = next(socket, 'connect');
      socket.connect();
      await connected;
    }

    test('a client keeps id, rooms and data, and gets what it has missed', async () => {
      const socket = await client();
      const { id } = socket;
      try {
        await nodes[0].ask('join', { sid: id, join: ['room1'] });
        await nodes[0].ask('data', { sid: id, data: { name: 'Ada', tags: ['x', 1] } });
        await leave(socket);
        const got = [];
        socket.onAny((event, ...args) => got.push([event, ...plain(args)]));
        await nodes[0].ask('emit', { event: 'a', args: [1] });
        await nodes[1].ask('emit', { rooms: ['room1'], event: 'b', args: [{ $bytes: '05ff' }] });
        await nodes[1].ask('emit', { rooms: ['room2'], event: 'no', args: [] });
        await nodes[1].ask('emit', { except: ['room1'], event: 'no', args: [] });
        await nodes[0].ask('emit', { rooms: [id], event: 'c', args: ['ä'] });
        await comeBack(socket, nodes[1]);
        assert.deepEqual([socket.recovered, socket.id], [true, id]);
        const end = next(socket, 'end');
        await nodes[0].ask('emit', { rooms: ['room1'], event: 'end', args: [] });
        await end;
        // Two servers have sent, so the order between a, c and b is open.
        assert.deepEqual(got.map(([event]) => event).sort(), ['a', 'b', 'c', 'end']);
        assert.deepEqual(Buffer.from(got.find(([event]) => event === 'b')[1]), Buffer.from([5, 255]));
        const { sockets: found } = await nodes[0].ask('fetchSockets', { rooms: ['room1'] });
        assert.deepEqual(
          found.map((s) => [s.id, [...s.rooms].sort(), s.data]),
          [[id, [id, 'room1'].sort(), { name: 'Ada', tags: ['x', 1] }]],
        );
      } finally {
        socket.disconnect();
      }
    });

    test('a client whose last event is not in the stream begins anew', async () => {
      const socket = await client();
      const { id } = socket;
      try {
        await leave(socket);
        socket._lastOffset = '1-1';
        await comeBack(socket, nodes[1]);
        assert.equal(socket.recovered, false);
        assert.notEqual(socket.id, id);
      } finally {
        socket.disconnect();
      }
    });

    // On Node.js an event of another server that crosses one of its own gets lost with the line.
    if (mix === 'JJ') {
      test('a client that changes servers under load misses nothing and gets nothing twice', async () => {
        const socket = await client();
        const got = [[], []];
        socket.on('n', (sender, n) => got[sender].push(n));
        const sent = [0, 0];
        const timer = setInterval(
          () => nodes.forEach((node, i) => node.ask('emit', { event: 'n', args: [i, sent[i]++] })),
          2,
        );
        try {
          for (let at = 0; at < 6; at++) {
            const before = got.map(({ length }) => length);
            await until(() => got.every(({ length }, i) => length > before[i] + 10), 'events of both');
            await leave(socket);
            await comeBack(socket, nodes[(at + 1) % 2]);
            assert.equal(socket.recovered, true);
          }
        } finally {
          clearInterval(timer);
        }
        await until(() => got.every((numbers, i) => numbers.at(-1) === sent[i] - 1), 'the last events');
        got.forEach((numbers, i) => {
          const wrong = numbers.findIndex((n, at) => at > 0 && n !== numbers[at - 1] + 1);
          assert.equal(
            wrong,
            -1,
            `events of server ${i} around the fault: ${numbers.slice(Math.max(0, wrong - 4), wrong + 4)}`,
          );
        });
        socket.disconnect();
      });
    }
  });
}
