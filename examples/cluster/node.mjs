// One Node.js server of a cluster over Redis; ClusterNode.java is the same on Natter. bin/cluster starts both.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { instrument } from '@socket.io/admin-ui';
import { createAdapter } from '@socket.io/redis-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';

const { NODE_NAME: name = 'node', PORT: port = '3000', REDIS_URL: url = 'redis://localhost:6379' } = process.env;
const page = new URL('index.html', import.meta.url);

async function connect() {
  const client = createClient({ url });
  client.on('error', () => {}); // it connects again by itself
  await client.connect();
  return client;
}
const [publisher, subscriber] = [await connect(), await connect()];

const server = createServer((request, response) => {
  if (request.url === '/healthz') {
    response.writeHead(subscriber.isReady ? 200 : 503).end();
  } else if (request.url.split('?')[0] === '/') {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    createReadStream(page).pipe(response);
  } else {
    response.writeHead(404).end();
  }
});
const io = new Server(server, { adapter: createAdapter(publisher, subscriber) });

io.on('connection', (socket) => {
  socket.data.node = name;
  socket.on('say', (text) => io.emit('said', { node: name, text }));
  socket.on('who', async (answer) => answer(await clientsByNode()));
  socket.on('disconnect', () => io.emit('changed'));
  socket.emit('welcome', { node: name, platform: 'Node.js' });
  io.emit('changed');
});

// The page of the Admin UI is served by the Natter servers and shows this server too.
instrument(io, { auth: false, mode: 'development', serverId: name });

/** The number of clients of each server, asked of all servers. */
async function clientsByNode() {
  const counts = {};
  for (const { data } of await io.fetchSockets()) counts[data.node] = (counts[data.node] ?? 0) + 1;
  return counts;
}

server.listen(Number(port), '127.0.0.1', () => console.log(`${name}: http://127.0.0.1:${server.address().port}`));
