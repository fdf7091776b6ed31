// Servers on the JVM with a secret: messages without its signature have no effect.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from 'redis';
import { Node, next, until } from './cluster.mjs';

const { NATTER_REDIS: redis } = process.env;
const forged = {
  type: 3,
  data: { packet: { type: 2, data: ['test', 'forged'] }, opts: { rooms: [], except: [], flags: {} } },
  uid: 'x',
  nsp: '/',
};

for (const adapter of ['sharded', 'streams']) {
  describe(adapter, () => {
    let nodes, client;

    before(async () => {
      client = await createClient({ url: redis }).connect();
      const words = ['--adapter', adapter, '--redis', redis, '--port', '0', '--secret', 'of the cluster'];
      nodes = await Promise.all([0, 1].map(() => Node.start('J', words)));
      await until(
        async () => (await Promise.all(nodes.map((node) => node.ask('serverCount')))).every(({ count }) => count === 2),
        'two servers that know each other',
      );
    });
    after(() => Promise.all([client.close(), ...nodes.map((node) => node.stop())]));

    test('a message without the signature has no effect and is counted', async () => {
      const socket = nodes[0].client();
      await next(socket, 'connect');
      const got = [];
      socket.on('test', (value) => got.push(value));
      if (adapter === 'sharded') await client.sPublish('socket.io#/#', JSON.stringify(forged));
      else await client.xAdd('socket.io', '*', { uid: 'x', nsp: '/', type: '3', data: JSON.stringify(forged.data) });
      await until(async () => (await nodes[0].ask('health')).counts.malformed === 1, 'the message is counted');
      const signed = next(socket, 'test');
      await nodes[1].ask('emit', { event: 'test', args: ['signed'] });
      await signed;
      assert.deepEqual(got, ['signed']);
      socket.disconnect();
    });
  });
}
