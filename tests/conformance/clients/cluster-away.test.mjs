// Rooms come and go while Redis is away. Afterwards the servers listen to the channels of the rooms that there are, and
// Redis has not been asked for those that came and went.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Node, next, until } from './cluster.mjs';
import { Redis, redisCluster } from './redis.mjs';

const ROOMS = 500;

for (const kind of ['one Redis', 'Redis Cluster']) {
  describe(`sharded, ${kind}`, () => {
    let servers, nodes, socket;
    const calls = async (name) =>
      (
        await Promise.all(
          servers.map(async (server) =>
            Number(
              new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(await server.command('info', 'commandstats'))?.[1] ?? 0,
            ),
          ),
        )
      ).reduce((all, some) => all + some, 0);
    const listeners = async (room) =>
      (
        await Promise.all(
          servers.map(async (server) =>
            Number((await server.command('pubsub', 'shardnumsub', `socket.io#/#${room}#`)).split('\n')[1] ?? 0),
          ),
        )
      ).reduce((all, some) => all + some, 0);
    const connected = (wanted) =>
      until(
        async () =>
          (await Promise.all(nodes.map((node) => node.ask('health')))).every((health) => health.connected === wanted),
        `connected: ${wanted}`,
        60_000,
      );

    before(async () => {
      const cluster = kind === 'one Redis' ? { servers: [await Redis.start()] } : await redisCluster();
      servers = cluster.servers;
      const words = ['--adapter', 'sharded', '--redis', cluster.url ?? servers[0].url, '--port', '0'];
      nodes = await Promise.all([0, 1].map(() => Node.start('J', words)));
      socket = nodes[0].client();
      await next(socket, 'connect');
      await nodes[0].ask('join', { sid: socket.id, join: ['left'] });
      await until(async () => (await listeners('left')) === 1, 'a channel of the room');
    });
    after(async () => {
      socket.disconnect();
      await Promise.all(nodes.map((node) => node.stop()));
      await Promise.all(servers.map((server) => server.stop()));
    });

    test('only the rooms that are there afterwards have channels', async () => {
      const before = [await calls('ssubscribe'), await calls('sunsubscribe')];
      const only = { rooms: [socket.id], flags: { local: true } };
      servers.forEach((server) => server.freeze());
      try {
        await connected(false);
        for (let i = 0; i < ROOMS; i++) {
          await nodes[0].ask('join', { sid: socket.id, join: [`room${i}`] });
          await nodes[0].ask('socketsLeave', { ...only, leave: [`room${i}`] });
        }
        await nodes[0].ask('join', { sid: socket.id, join: ['kept'] });
        await nodes[0].ask('socketsLeave', { ...only, leave: ['left'] });
      } finally {
        servers.forEach((server) => server.wake());
      }
      await connected(true);
      await until(async () => (await listeners('kept')) === 1, 'a channel of the room that was joined');
      await until(async () => (await listeners('left')) === 0, 'no channel of the room that was left');
      const heard = next(socket, 'test');
      await nodes[1].ask('emit', { rooms: ['kept'], event: 'test', args: [1] });
      assert.deepEqual(await heard, [1]);
      const asked = [(await calls('ssubscribe')) - before[0], (await calls('sunsubscribe')) - before[1]];
      assert.ok(asked.every((number) => number < ROOMS / 5), `Redis was asked ${asked} times`);
    });
  });
}
