// The Admin UI of a cluster of Natter and Node.js: whichever server an admin is at, all servers and sockets are seen.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Node, next, until } from './cluster.mjs';
import { Redis } from './redis.mjs';

const { NATTER_ADAPTER: adapter = 'classic' } = process.env;
const KINDS = ['J', 'J', 'N'];
const NAMES = KINDS.map((kind, i) => `${kind}${i}`);

/** The events that an admin has received. */
class Admin {
  stats = new Map();
  told = [];

  static async at(node) {
    const admin = new Admin();
    admin.socket = node.client('/admin', { auth: {} });
    admin.socket.on('server_stats', (stats) => admin.stats.set(stats.serverId, stats));
    admin.socket.onAny((event, ...args) => admin.told.push([event, ...args]));
    const all = next(admin.socket, 'all_sockets');
    admin.config = (await next(admin.socket, 'config'))[0];
    admin.all = (await all)[0];
    return admin;
  }

  heard(event, matches) {
    return until(
      () => this.told.find(([name, ...args]) => name === event && matches(...args)),
      `${event}, heard`,
      30_000,
    );
  }
}

describe(`Admin UI over the ${adapter} adapter`, () => {
  let redis, nodes;
  const clients = [];
  const connect = async (node) => {
    const client = node.client();
    await next(client, 'connect');
    clients.push(client);
    return client;
  };

  before(async () => {
    redis = await Redis.start();
    nodes = await Promise.all(
      KINDS.map((kind, i) =>
        Node.start(kind, ['--adapter', adapter, '--redis', redis.url, '--port', '0', '--admin', NAMES[i]]),
      ),
    );
    await until(async () => (await nodes[0].ask('serverCount')).count === 3, 'three servers', 30_000);
    for (const node of nodes) await connect(node);
  });
  after(async () => {
    clients.forEach((client) => client.disconnect());
    await Promise.all(nodes.map((node) => node.stop()));
    await redis.stop();
  });

  for (const at of [0, 2]) {
    describe(`an admin at ${NAMES[at]}`, () => {
      let admin;
      before(async () => {
        admin = await Admin.at(nodes[at]);
      });
      after(() => admin.socket.disconnect());

      test('sees the numbers of all servers', async () => {
        await until(() => NAMES.every((name) => admin.stats.has(name)), 'the numbers of all servers', 30_000);
        for (const { clientsCount, namespaces, uptime, hostname, pid } of admin.stats.values()) {
          assert.ok(clientsCount >= 1 && uptime > 0 && hostname && pid);
          assert.ok(namespaces.some(({ name }) => name === '/admin'));
        }
      });

      test('is told of the sockets of all servers, with their clients', () => {
        for (const client of clients.filter(({ connected }) => connected)) {
          const found = admin.all.find(({ id }) => id === client.id);
          assert.ok(found, `${client.id} is told`);
          assert.match(found.clientId, /^.{12}$/);
          assert.equal(found.transport, 'websocket');
          assert.equal(found.data._admin, undefined);
        }
      });

      test('has all commands and events', () => {
        assert.deepEqual(admin.config.supportedFeatures, [
          ...[
            'EMIT',
            'JOIN',
            'LEAVE',
            'DISCONNECT',
            'MJOIN',
            'MLEAVE',
            'MDISCONNECT',
            'AGGREGATED_EVENTS',
            'ALL_EVENTS',
          ],
        ]);
      });

      for (const other of [0, 1, 2]) {
        test(`sees what a client at ${NAMES[other]} does, and can disconnect it`, async () => {
          // A server needs some seconds to notice an admin at a server of the other kind.
          await until(
            async () => {
              const probe = await connect(nodes[other]);
              probe.emit('probe');
              await new Promise((resolve) => setTimeout(resolve, 200));
              return admin.told.some(([name, , id]) => name === 'event_received' && id === probe.id);
            },
            'events are told',
            40_000,
          );
          const client = await connect(nodes[other]);
          const { id } = client;
          const [, socket] = await admin.heard('socket_connected', (told) => told.id === id);
          assert.deepEqual(socket.rooms, [id]);
          client.emit('greet', 'zoe', 7);
          const [, nsp, , args, time] = await admin.heard(
            'event_received',
            (_, of, [event]) => of === id && event === 'greet',
          );
          assert.deepEqual([nsp, args], ['/', ['greet', 'zoe', 7]]);
          assert.equal(new Date(time).toISOString(), time);
          admin.socket.emit('join', '/', 'lobby', id);
          await admin.heard('room_joined', (_, room, of) => room === 'lobby' && of === id);
          const left = next(client, 'disconnect');
          admin.socket.emit('_disconnect', '/', false, id);
          assert.deepEqual((await left)[0], 'io server disconnect');
          await admin.heard(
            'socket_disconnected',
            (_, of, reason) => of === id && reason === 'server namespace disconnect',
          );
        });
      }
    });
  }
});
