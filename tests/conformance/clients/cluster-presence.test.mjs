// Presence over several servers and a real Redis: users are one set, and those of a killed or frozen server go in time.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Node, next, until } from './cluster.mjs';
import { Redis } from './redis.mjs';

const { NATTER_ADAPTER: adapters = 'classic' } = process.env;

for (const adapter of adapters.split(' ')) {
  describe(adapter, () => {
    let redis, nodes;
    const clients = new Map();
    const start = (kind) =>
      Node.start(kind, ['--adapter', adapter, '--redis', redis.url, '--port', '0', '--timeout', '1500']);
    const connect = async (node, user, data) => {
      const client = node.client('/', { auth: { user, data } });
      await next(client, 'connect');
      clients.set(user, client);
    };
    const keys = async (i) => (await nodes[i].ask('presence')).users.map(({ key }) => key).sort();
    /** Waits until both Natter servers see these users. */
    const see = (...users) =>
      until(
        async () => (await Promise.all([0, 1].map(keys))).every((seen) => seen.join() === users.join()),
        `both servers see ${users}`,
        30_000,
      );

    before(async () => {
      redis = await Redis.start();
      nodes = await Promise.all(['J', 'J', 'J', 'N'].map(start));
      await until(async () => (await nodes[0].ask('serverCount')).count === 4, 'four servers', 30_000);
    });
    after(async () => {
      clients.forEach((client) => client.disconnect());
      await Promise.all(nodes.filter(({ killed }) => !killed).map((node) => node.stop()));
      await redis.stop();
    });

    test('the users of all servers are one set, with their data', async () => {
      await connect(nodes[0], 'ana', { colour: 'red' });
      await connect(nodes[1], 'bob');
      await connect(nodes[2], 'zoe');
      await connect(nodes[3], 'on Node.js');
      await see('ana', 'bob', 'zoe');
      const { users } = await nodes[1].ask('presence');
      assert.deepEqual(users.find(({ key }) => key === 'ana').data, { colour: 'red' });
    });

    test('a user who moves to another server has not left', async () => {
      clients.get('bob').disconnect();
      await connect(nodes[0], 'bob');
      await connect(nodes[1], 'yan'); // takes the way of all that came before
      await see('ana', 'bob', 'yan', 'zoe');
      for (const i of [0, 1]) assert.equal((await nodes[i].ask('presence')).told.includes('-bob'), false);
    });

    test('a new server learns of those who are there', async () => {
      nodes.push(await start('J'));
      await until(async () => (await keys(4)).join() === 'ana,bob,yan,zoe', 'the new server sees all', 30_000);
    });

    test('the users of a frozen server go, and come back with it', async () => {
      nodes[2].process.kill('SIGSTOP');
      await see('ana', 'bob', 'yan');
      nodes[2].process.kill('SIGCONT');
      await see('ana', 'bob', 'yan', 'zoe');
      // It was away itself, and did not take the others for gone.
      assert.deepEqual((await nodes[2].ask('presence')).told.filter((change) => change.startsWith('-')), []);
    });

    test('of the users of a killed server, those stay who come back to another one', async () => {
      await connect(nodes[2], 'eve');
      await see('ana', 'bob', 'eve', 'yan', 'zoe');
      nodes[2].killed = true;
      nodes[2].process.kill('SIGKILL');
      await connect(nodes[0], 'eve');
      await see('ana', 'bob', 'eve', 'yan');
      for (const i of [0, 1]) {
        const { told } = await nodes[i].ask('presence');
        assert.equal(told.includes('-eve'), false);
        assert.equal(told.filter((change) => change === '-zoe').length, 2);
      }
    });

    test('the users of a server that closes have the grace to come back', async () => {
      clients.get('yan').disconnect();
      await connect(nodes[4], 'yan');
      await see('ana', 'bob', 'eve', 'yan');
      nodes[4].killed = true;
      await nodes[4].stop();
      await see('ana', 'bob', 'eve');
    });

    test('the server on Node.js goes on unharmed', async () => {
      assert.equal((await nodes[3].ask('serverCount')).count, 3);
    });
  });
}
