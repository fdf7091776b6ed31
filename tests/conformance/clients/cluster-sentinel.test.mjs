// Servers on the JVM find the master by Redis Sentinel, and go on with the new one when it fails, under load.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Load } from './cluster-load.mjs';
import { Node, until } from './cluster.mjs';
import { Redis } from './redis.mjs';

describe('classic, Redis Sentinel', () => {
  let master, replica, sentinel, nodes, load;

  before(async () => {
    master = await Redis.start();
    replica = await Redis.start('--replicaof', '127.0.0.1', master.port);
    await until(
      async () => (await replica.command('info', 'replication')).includes('master_link_status:up'),
      'a replica',
      30_000,
    );
    sentinel = new Redis();
    await sentinel.prepare();
    const file = join(sentinel.dir, 'sentinel.conf');
    await writeFile(
      file,
      ['monitor main 127.0.0.1 ' + master.port + ' 1', 'down-after-milliseconds main 500', 'failover-timeout main 3000']
        .map((line) => `sentinel ${line}\n`)
        .join(''),
    );
    sentinel.first = [file, '--sentinel'];
    await sentinel.run();
    await until(
      async () => (await sentinel.command('sentinel', 'replicas', 'main')).includes(String(replica.port)),
      'the sentinel knows the replica',
      30_000,
    );
    const words = [
      '--adapter',
      'classic',
      '--redis',
      `redis-sentinel://127.0.0.1:${sentinel.port}/0#main`,
      '--port',
      '0',
    ];
    nodes = await Promise.all([0, 1].map(() => Node.start('J', words)));
    load = new Load(nodes);
    await load.start();
    await load.reaches();
  });
  after(async () => {
    clearInterval(load?.timer);
    await Promise.all((nodes ?? []).map((node) => node.stop()));
    await Promise.all([master, replica, sentinel].map((server) => server.stop()));
  });

  test('when the master fails, the servers go on with the new one', async () => {
    await master.kill();
    await until(async () => (await replica.command('role')).startsWith('master'), 'a new master', 30_000);
    await load.reaches();
    await load.stop();
    load.assertOrder([0, 1]);
    for (const i of [0, 1]) load.assertComplete(i, i);
  });
});
