// Redis refuses the channels of the cluster to a server. The server serves its clients, and hears the others as soon as
// Redis permits it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Node, next, until } from './cluster.mjs';
import { Redis, redisCluster } from './redis.mjs';

for (const [adapter, kind] of [
  ['classic', 'one Redis'],
  ['sharded', 'one Redis'],
  ['sharded', 'Redis Cluster'],
]) {
  describe(`${adapter}, ${kind}`, () => {
    let servers, nodes, sockets;
    const all = (...words) => Promise.all(servers.map((server) => server.command(...words)));

    before(async () => {
      const cluster = kind === 'one Redis' ? { servers: [await Redis.start()] } : await redisCluster();
      servers = cluster.servers;
      await all('acl', 'setuser', 'app', 'on', '>secret', '~*', '+@all', 'resetchannels', '&other*');
      const url = (cluster.url ?? servers[0].url).replace('://', '://app:secret@');
      nodes = await Promise.all(
        [0, 1].map(() => Node.start('J', ['--adapter', adapter, '--redis', url, '--port', '0'])),
      );
      sockets = nodes.map((node) => node.client());
      await Promise.all(sockets.map((socket) => next(socket, 'connect')));
    });
    after(async () => {
      sockets.forEach((socket) => socket.disconnect());
      await Promise.all(nodes.map((node) => node.stop()));
      await Promise.all(servers.map((server) => server.stop()));
    });

    test('without the right, local clients are served, and what does not reach the others is counted', async () => {
      const heard = next(sockets[0], 'test');
      await nodes[0].ask('emit', { event: 'test', args: [1] });
      assert.deepEqual(await heard, [1]);
      await until(async () => (await nodes[0].ask('health')).counts.dropped > 0, 'the message counts as dropped');
    });

    test('with the right, the servers hear each other', async () => {
      await all('acl', 'setuser', 'app', 'allchannels');
      await until(
        async () => (await Promise.all(nodes.map((node) => node.ask('serverCount')))).every(({ count }) => count === 2),
        'two servers that know each other',
        60_000,
      );
      const heard = sockets.map(() => 0);
      sockets.forEach((socket, i) => socket.on('test', () => heard[i]++));
      await until(async () => {
        await nodes[0].ask('emit', { event: 'test', args: [2] });
        return heard.every((events) => events > 0);
      }, 'an event on both servers');
    });
  });
}
