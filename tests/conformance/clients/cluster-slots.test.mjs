// The sharded adapter over a Redis Cluster of three masters, while the slot of its channel moves under load.
import { after, before, describe, test } from 'node:test';
import { Load } from './cluster-load.mjs';
import { Node, until } from './cluster.mjs';
import { redisCluster } from './redis.mjs';

describe('sharded, Redis Cluster', () => {
  let cluster, nodes, load;

  before(async () => {
    cluster = await redisCluster();
    const words = ['--adapter', 'sharded', '--redis', cluster.url, '--port', '0'];
    nodes = await Promise.all(['J', 'J', 'N'].map((kind) => Node.start(kind, words)));
    await until(
      async () => (await Promise.all(nodes.map((node) => node.ask('serverCount')))).every(({ count }) => count === 3),
      'three servers that know each other',
      30_000,
    );
    load = new Load(nodes);
    await load.start();
    await load.reaches();
  });
  after(async () => {
    clearInterval(load?.timer);
    await Promise.all(nodes.map((node) => node.stop()));
    await Promise.all(cluster.servers.map((server) => server.stop()));
  });

  /** Gives the slot of the namespace's channel to another master. */
  async function moveSlot() {
    const slot = await cluster.servers[0].command('cluster', 'keyslot', 'socket.io#/#');
    const ids = await Promise.all(cluster.servers.map((server) => server.command('cluster', 'myid')));
    const owns = await Promise.all(
      cluster.servers.map(async (server) => {
        const own = (await server.command('cluster', 'nodes')).split('\n').find((line) => line.includes('myself'));
        return own.split(' ').slice(8).some((range) => {
          const [from, to = from] = range.split('-').map(Number);
          return from <= slot && slot <= to;
        });
      }),
    );
    const source = owns.indexOf(true);
    const target = (source + 1) % 3;
    await cluster.servers[target].command('cluster', 'setslot', slot, 'importing', ids[source]);
    await cluster.servers[source].command('cluster', 'setslot', slot, 'migrating', ids[target]);
    for (const i of [target, source, (source + 2) % 3])
      await cluster.servers[i].command('cluster', 'setslot', slot, 'node', ids[target]);
  }

  for (const time of ['once', 'again']) {
    test(`the servers hear each other when the slot has moved ${time}`, async () => {
      await moveSlot();
      await load.reaches([0, 1], [0, 1, 2]);
    });
  }

  test('nothing came twice or out of order', async () => {
    await load.stop([0, 1]);
    load.assertOrder([0, 1]); // redirects of Node.js change the order
  });
});
