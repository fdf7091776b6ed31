// One server of a cluster on the packages from npm, with the commands of `bin/conformance cluster`:
// `node cluster-node.mjs --adapter classic --redis URL --port N`, or `--adapter postgres --postgres URL`. Reads JSON
// lines and answers each with one.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { instrument } from '@socket.io/admin-ui';
import { createAdapter as createPostgresAdapter } from '@socket.io/postgres-adapter';
import { createAdapter, createShardedAdapter } from '@socket.io/redis-adapter';
import { Emitter } from '@socket.io/redis-emitter';
import { createAdapter as createStreamsAdapter } from '@socket.io/redis-streams-adapter';
import pg from 'pg';
import { createClient, createCluster } from 'redis';
import { Server } from 'socket.io';

const { values: words } = parseArgs({
  options: {
    adapter: { type: 'string' },
    redis: { type: 'string' },
    postgres: { type: 'string' },
    port: { type: 'string' },
    timeout: { type: 'string' },
    admin: { type: 'string' },
  },
});
const timeout = Number(words.timeout ?? 5000);
// The adapters do not catch what Redis refuses while it is away; without this, the process would end.
process.on('unhandledRejection', () => {});

async function connect() {
  const client = words.redis.startsWith('redis-cluster://')
    ? createCluster({ rootNodes: words.redis.slice(16).split(',').map((node) => ({ url: `redis://${node}` })) })
    : createClient({ url: words.redis });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/**
 * The adapters by name; a further one is one entry. Each gives the options of the server, and an emitter where there is
 * one.
 */
const sharded = (subscriptionMode) => async () => ({
  adapter: createShardedAdapter(await connect(), await connect(), { subscriptionMode }),
});
const classic = (options) => async () => ({
  adapter: createAdapter(await connect(), await connect(), { requestsTimeout: timeout, ...options }),
  emitter: async () => new Emitter(await connect(), options),
});
const adapters = {
  classic: classic({}),
  'classic-json': classic({ parser: { encode: JSON.stringify, decode: JSON.parse } }),
  sharded: sharded('dynamic'),
  'sharded-static': sharded('static'),
  'sharded-private': sharded('dynamic-private'),
  postgres: async () => {
    // One connection listens. With more than one for the rest, messages overtake each other.
    const pool = new pg.Pool({ connectionString: words.postgres, max: 2 });
    pool.on('error', () => {});
    return { adapter: createPostgresAdapter(pool) };
  },
  streams: async () => ({ adapter: createStreamsAdapter(await connect()), connectionStateRecovery: {} }),
};

const { emitter: connectEmitter, ...options } = await adapters[words.adapter]();
const server = createServer((request, response) => response.writeHead(request.url === '/healthz' ? 200 : 404).end());
const io = new Server(server, options);
if (words.admin) instrument(io, { auth: false, mode: 'development', serverId: words.admin });
const namespaces = [io.of('/'), io.of('/custom')];
/** Server-side events that came, and what they are answered with. */
const seen = [];
let reply;
for (const nsp of namespaces) {
  nsp.on('hello', (...args) => {
    const answer = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    seen.push(args);
    if (answer && reply !== undefined) answer(reply);
  });
}

const target = ({ nsp = '/', rooms = [], except = [], flags = {} }) => {
  let to = io.of(nsp).to([]).except(except);
  if (rooms.length) to = to.to(rooms);
  if (flags.local) to = to.local;
  if (flags.volatile) to = to.volatile;
  return to;
};

const bytes = (value) => {
  if (value?.$bytes) return Buffer.from(value.$bytes, 'hex');
  if (Array.isArray(value)) return value.map(bytes);
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, bytes(v)]))
    : value;
};
const hex = (value) => {
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('hex') };
  if (Array.isArray(value)) return value.map(hex);
  return value && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, hex(v)]))
    : value;
};

const local = (nsp, id) => io.of(nsp ?? '/').sockets.get(id);
const commands = {
  emit: (c) =>
    c.ack
      ? target(c).timeout(c.ack).emitWithAck(c.event, ...bytes(c.args)).then(
          (answers) => ({ answers }),
          (error) => ({ error: 'timeout', answers: error.responses }),
        )
      : (target(c).emit(c.event, ...bytes(c.args)), {}),
  socketsJoin: (c) => (target(c).socketsJoin(c.join), {}),
  socketsLeave: (c) => (target(c).socketsLeave(c.leave), {}),
  disconnectSockets: (c) => (target(c).disconnectSockets(c.close ?? false), {}),
  fetchSockets: async (c) => ({
    sockets: (await target(c).fetchSockets()).map(({ id, rooms, data, handshake }) => ({
      id,
      rooms: [...rooms],
      data,
      handshake,
    })),
  }),
  serverSideEmit: (c) =>
    c.ack
      ? io.of(c.nsp ?? '/').serverSideEmitWithAck(c.event, ...c.args).then(
          (answers) => ({ answers }),
          (error) => ({ error: 'timeout', answers: error.responses }),
        )
      : (io.of(c.nsp ?? '/').serverSideEmit(c.event, ...c.args), {}),
  rooms: (c) => ({ rooms: [...(local(c.nsp, c.sid)?.rooms ?? [])] }),
  join: (c) => (local(c.nsp, c.sid).join(c.join), {}),
  data: (c) => ((local(c.nsp, c.sid).data = c.data), {}),
  handshake: (c) => ({ handshake: local(c.nsp, c.sid).handshake }),
  answerWith: (c) => ((reply = c.value), {}),
  seen: () => ({ seen: seen.splice(0) }),
  serverCount: async (c) => ({ count: await io.of(c.nsp ?? '/').adapter.serverCount() }),
  allRooms: async (c) => ({ rooms: [...(await io.of(c.nsp ?? '/').adapter.allRooms())] }),
};

let emitter;
/** Sends by an emitter instead of by this server. */
async function beside(c) {
  emitter ??= await connectEmitter();
  let to = emitter.of(c.nsp ?? '/').except(c.except ?? []);
  if (c.rooms?.length) to = to.to(c.rooms);
  if (c.op === 'emit') to.emit(c.event, ...bytes(c.args));
  else if (c.op === 'serverSideEmit') emitter.of(c.nsp ?? '/').serverSideEmit(c.event, ...c.args);
  else to[c.op](c.join ?? c.leave ?? c.close);
  return {};
}

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const command = JSON.parse(line);
    const answer = await Promise.resolve()
      .then(() => (command.emitter ? beside(command) : commands[command.op](command)))
      .catch((error) => ({ error: error.message }));
    console.log(JSON.stringify(hex({ id: command.id, ...answer })));
  })
  .on('close', () => process.exit(0));

server.listen(Number(words.port ?? 0), '127.0.0.1', () => console.log(`READY ${server.address().port}`));
