// The modes of bin/conformance on the packages from npm: `node reference.mjs MODE --port N [--eio3] [--options FILE]`.
// The suites are proven against these, and the comparison asks one of them (`plain`) for its answers.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Server } from 'socket.io';

const require = createRequire(import.meta.url);
const engineIo = createRequire(require.resolve('socket.io'))('engine.io');
const fail = (message, data) => (_, next) => next(Object.assign(new Error(message), data && { data }));

/** An HTTP server on which nothing but Socket.IO answers. */
const http = () => createServer((_, response) => response.writeHead(404).end());

function engine({ eio3 }) {
  const server = http();
  const options = { pingInterval: 300, pingTimeout: 200, maxHttpBufferSize: 1e6, cors: { origin: '*' } };
  const engine = engineIo.attach(server, { ...options, allowEIO3: eio3 });
  engine.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  return server;
}

function socketio() {
  const server = http();
  const io = new Server(server, { pingInterval: 300, pingTimeout: 200, connectTimeout: 1000, cors: { origin: '*' } });
  io.on('connection', (socket) => {
    socket.emit('auth', socket.handshake.auth);
    socket.on('message', (...args) => socket.emit('message-back', ...args));
    socket.on('message-with-ack', (...args) => args.pop()(...args));
  });
  io.of('/custom').on('connection', (socket) => socket.emit('auth', socket.handshake.auth));
  return server;
}

function client() {
  const server = http();
  const allowRequest = (_, answer) => setTimeout(() => answer(null, true), 10);
  const io = new Server(server, { pingInterval: 2000, connectionStateRecovery: {}, allowRequest });
  io.use((socket, next) =>
    socket.handshake.query.fail ? fail('Auth failed (main namespace)')(socket, next) : next(),
  );
  io.of('/foo').on('connection', (socket) => socket.on('getId', (answer) => answer(socket.id)));
  for (const name of ['/timeout_socket', '/valid', '/asd']) io.of(name);
  io.of('/abc').on('connection', (socket) => socket.emit('handshake', socket.handshake));
  io.of('/no').use(fail('Auth failed (custom namespace)'));
  io.on('connection', (socket) => {
    const back = (event, ...args) => () => socket.emit(event, ...args);
    const asdf = Buffer.from('asdfasdf');
    socket.on('hi', back('hi'));
    socket.on('echo', (value, answer) => answer(value));
    socket.on('ack', () => socket.emit('ack', (a, b) => a === 5 && b.test && socket.emit('got it')));
    socket.on('getAckDate', (_, answer) => answer(new Date()));
    socket.on('getDate', () => socket.emit('takeDate', new Date()));
    socket.on('getDateObj', () => socket.emit('takeDateObj', { date: new Date() }));
    socket.on('getUtf8', () => {
      const texts = ['てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'utf8 — string', 'utf8 — string'];
      for (const text of texts) socket.emit('takeUtf8', text);
    });
    socket.on('false', back('false', false));
    socket.on('doge', back('doge', asdf));
    socket.on('buffa', (bytes) => Buffer.isBuffer(bytes) && socket.emit('buffack'));
    socket.on('jsonbuff', back('jsonbuff-ack'));
    socket.on('abuff1', () => socket.once('abuff2', back('abuff2-ack')));
    socket.on('blob', back('back'));
    socket.on('jsonblob', back('jsonblob-ack'));
    socket.on('blob1', () => socket.once('blob2', () => socket.once('blob3', back('blob3-ack'))));
    socket.on('getbin', back('takebin', asdf));
    socket.on('getHandshake', (answer) => answer(socket.handshake));
    socket.on('getId', (answer) => answer(socket.id));
  });
  return server;
}

function engineClient() {
  const server = http();
  const engine = engineIo.attach(server, {
    pingInterval: 500,
    maxHttpBufferSize: 100,
    allowRequest: (request, answer) => answer(null, !/[?&]deny/.test(request.url)),
  });
  engine.on('connection', (socket) => {
    socket.send('hi');
    socket.on('message', (data) => {
      if (data === 'give binary') socket.send(Buffer.from([0, 1, 2, 3, 4]));
      else if (data === 'give utf8') socket.send('пойду спать всем спокойной ночи');
      else if (data === 'sendHeaders') socket.send(JSON.stringify(socket.transport.dataReq?.headers));
      else socket.send(data);
    });
  });
  engine.on('initial_headers', (headers) => {
    headers['set-cookie'] = [
      '1=1; Max-Age=86400',
      '2=2; Path=/; HttpOnly; Secure; SameSite=Strict',
      '3=3; Max-Age=0',
      `4=4; Expires=${new Date().toUTCString()}`,
    ];
  });
  return server;
}

/** Default options, or those given. `allowRequest` and `parser` are words, as JSON has no functions. */
export function plain({ allowRequest, parser, ...options } = {}) {
  if (allowRequest) options.allowRequest = (_, answer) => answer(allowRequest === 'deny' ? null : allowRequest, false);
  if (parser === 'msgpack') options.parser = require('socket.io-msgpack-parser');
  const server = http();
  const io = new Server(server, options);
  io.on('connection', (socket) => {
    socket.emit('auth', socket.handshake.auth);
    socket.on('big', () => socket.emit('big', 'x'.repeat(3000)));
    socket.on('e', () => socket.emit('e2'));
    socket.on('burst', (n) => {
      for (let i = 0; i < n; i++) socket.emit('burst', i);
    });
    socket.on('bin', (bytes) => io.emit('bin', bytes));
    socket.on('bin1', (bytes) => socket.emit('bin1', bytes));
  });
  io.of('/mw').use(fail('not authorized', { content: 'retry' }));
  const children = io.of(/^\/dynamic-\d+$/);
  children.use((socket, next) => (socket.handshake.auth.refuse ? fail('refused')(socket, next) : next()));
  io.on('connection', (socket) => {
    socket.on('children', (answer) => answer([...children.children].map((child) => child.name)));
  });
  return server;
}

const modes = { engine, socketio, client, 'engine-client': engineClient, plain };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string' }, eio3: { type: 'boolean' }, options: { type: 'string' } },
  });
  const options = values.options ? JSON.parse(readFileSync(values.options, 'utf8')) : {};
  const server = modes[positionals[0]]({ ...(values.eio3 && { eio3: true }), ...options });
  server.listen(Number(values.port ?? 0), '127.0.0.1', () => console.log('READY', server.address().port));
}
