// The guarantees while Redis or a server fails, with real processes and under load. NATTER_ADAPTER names the adapter.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Load } from './cluster-load.mjs';
import { Node, until } from './cluster.mjs';
import { Redis } from './redis.mjs';
import { RedisLine } from './redis-line.mjs';

const { NATTER_ADAPTER: adapters = 'classic' } = process.env;

for (const adapter of adapters.split(' ')) {
  describe(adapter, () => {
    const JAVA = [0, 1];
    let redis, line, nodes, load;
    const start = (kind, { url } = redis) =>
      Node.start(kind, ['--adapter', adapter, '--redis', url, '--port', '0', '--timeout', '1500']);
    const counts = async (wanted) =>
      until(
        async () =>
          (await Promise.all(nodes.filter(({ killed }) => !killed).map((node) => node.ask('serverCount')))).every(
            ({ count }) => count === wanted,
          ),
        `${wanted} servers that know each other`,
        30_000,
      );
    const health = async (connected) =>
      until(
        async () =>
          (await Promise.all(JAVA.map((i) => nodes[i].ask('health')))).every(
            (health) => health.connected === connected,
          ),
        `connected: ${connected}`,
        30_000,
      );

    before(async () => {
      redis = await Redis.start();
      line = await RedisLine.to(redis);
      nodes = await Promise.all([start('J', line), start('J'), start('N')]);
      await counts(3);
      load = new Load(nodes);
      await load.start();
      await load.reaches();
    });
    after(async () => {
      clearInterval(load.timer);
      await Promise.all(nodes.filter(({ killed }) => !killed).map((node) => node.stop()));
      await line.close();
      await redis.stop();
    });

    if (adapter === 'streams')
      test('when only the connections for channels break, nothing of the stream is dropped', async () => {
        for (let i = 0; i < 20; i++) {
          await redis.command('client', 'kill', 'type', 'pubsub');
          await load.reaches(JAVA, JAVA);
        }
        for (const client of JAVA) for (const sender of JAVA) load.assertComplete(client, sender);
        for (const i of JAVA) assert.equal((await nodes[i].ask('health')).counts.dropped, 0);
        await health(true);
        await counts(3);
      });

    test('while Redis is frozen, each server serves its own clients, and afterwards nothing is missing', async () => {
      redis.freeze();
      try {
        await health(false);
        for (const i of JAVA) await load.reaches([i], [i], 'local events');
        const { counts } = await nodes[0].ask('health');
        assert.equal(counts.connected, 0);
        assert.ok(counts.waitingBytes > 0, 'messages wait for Redis');
      } finally {
        redis.wake();
      }
      await health(true);
      await load.reaches();
      for (const client of JAVA) for (const sender of JAVA) load.assertComplete(client, sender);
    });

    test('when Redis starts anew, all servers are back by themselves', async () => {
      await redis.kill();
      await health(false);
      for (const i of JAVA) await load.reaches([i], [i], 'local events');
      await redis.run();
      await health(true);
      await load.reaches();
      await counts(3);
      for (const i of JAVA) load.assertComplete(i, i);
    });

    test('when one server is cut off from Redis, it serves its own clients, and the others go on', async () => {
      const isConnected = (wanted) =>
        until(async () => (await nodes[0].ask('health')).connected === wanted, `connected: ${wanted}`, 30_000);
      line.cut();
      try {
        await isConnected(false);
        await load.reaches([0], [0], 'local events');
        await load.reaches([1, 2], [1, 2], 'the others hear each other');
        assert.equal((await nodes[1].ask('health')).connected, true);
      } finally {
        line.mend();
      }
      await isConnected(true);
      await load.reaches();
      await counts(3);
      load.assertComplete(0, 0);
      load.assertComplete(1, 1);
    });

    test('when a server is frozen, the others go on, and it takes part again when it wakes', async () => {
      nodes[1].process.kill('SIGSTOP');
      try {
        await load.reaches([0, 2], [0, 2], 'the others hear each other');
      } finally {
        nodes[1].process.kill('SIGCONT');
      }
      await load.reaches();
      await counts(3);
    });

    test('when a server is killed, the others go on, and a new one takes its place', async () => {
      nodes[1].killed = true;
      nodes[1].process.kill('SIGKILL');
      await load.reaches([0, 2], [0, 2], 'the others hear each other');
      await counts(2);
      nodes[1] = await start('J');
      await counts(3);
    });

    test('nothing came twice or out of order', async () => {
      await load.stop([0, 2]);
      load.assertOrder(JAVA);
      const { counts } = await nodes[0].ask('health');
      assert.equal(counts.malformed, 0);
    });
  });
}
