// Plays one client of the sample and prints what it saw as JSON: node run.mjs CASE URL
// Lines before the last one say how far it is.
import { createRequire } from 'node:module';
import http2 from 'node:http2';

// The official client, as the other tests have it.
const require = createRequire(new URL('../../../../tests/conformance/clients/package.json', import.meta.url));
const { io } = require('socket.io-client');
const WebSocket = require('ws');

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
process.removeAllListeners('warning');

const [name, url] = process.argv.slice(2);
const { origin, pathname } = new URL(url);
const open = [];

const basic = (user) => ({ Authorization: `Basic ${Buffer.from(`${user}:secret`).toString('base64')}` });

function client(user, options = {}) {
  const socket = io(`${origin}/chat`, {
    path: `${pathname.replace(/\/$/, '')}/socket.io/`,
    forceNew: true,
    reconnection: false,
    rejectUnauthorized: false,
    extraHeaders: user ? basic(user) : {},
    ...options,
  });
  open.push(socket);
  return socket;
}

function next(emitter, event, ms = 20_000) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no "${event}" within ${ms} ms`)), ms).unref();
    emitter.once(event, (...args) => {
      clearTimeout(timer);
      resolve(args);
    });
  });
}

async function connected(user, options) {
  const socket = client(user, options);
  const refused = next(socket, 'connect_error').then(([error]) => {
    throw new Error(`refused: ${error.message} ${error.context?.status ?? ''} ${error.description?.message ?? ''}`);
  });
  const welcome = next(socket, 'welcome');
  await Promise.race([next(socket, 'connect'), refused]);
  refused.catch(() => {});
  return Object.assign(socket, { welcome });
}

const polling = { transports: ['polling'] };
const websocket = { transports: ['websocket'] };

/** Connects, says hello and tells by which transport it ended up. */
async function hello(options, upgrade) {
  const socket = await connected('ana', options);
  const [greeted] = await socket.welcome;
  if (upgrade) {
    await upgraded(socket);
  }
  const before = await socket.timeout(20_000).emitWithAck('join', `room of ${name}`);
  const answer = await socket.timeout(20_000).emitWithAck('send', { room: `room of ${name}`, text: 'hello' });
  return {
    transport: socket.io.engine.transport.name,
    greeted,
    before: before.length,
    from: answer.from,
    text: answer.text,
    keys: Object.keys(answer).sort(),
    time: typeof answer.sent_at,
  };
}

async function upgraded(socket) {
  const { engine } = socket.io;
  if (engine.transport.name !== 'websocket') {
    await next(engine, 'upgrade');
  }
}

async function refusal(user, options) {
  const socket = client(user, options);
  const [error] = await next(socket, 'connect_error');
  return {
    message: error.message,
    status: error.context?.status ?? Number(/\d{3}/.exec(error.description?.message)?.[0]),
  };
}

/** Logs in as a browser does, with the form, and returns the session's cookie. */
async function login() {
  const cookies = new Map();
  const keep = (response) => {
    for (const each of response.headers.getSetCookie()) {
      const [pair] = each.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  const header = () => [...cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  const token = async () => {
    const page = keep(await fetch(`${url}/login`, { headers: { cookie: header(), accept: 'text/html' } }));
    return /name="_csrf"[^>]*value="([^"]+)"/.exec(await page.text())[1];
  };
  const body = new URLSearchParams({ username: 'ana', password: 'secret', _csrf: await token() });
  keep(await fetch(`${url}/login`, { method: 'POST', redirect: 'manual', headers: { cookie: header() }, body }));
  return { cookie: header, token };
}

const cases = {
  polling: () => hello(polling),
  websocket: () => hello(websocket),
  upgrade: () => hello({}, true),

  refusedPolling: () => refusal(null, polling),
  refusedWebSocket: () => refusal(null, websocket),
  wrongPassword: () => refusal('nobody', polling),

  async twoUsers() {
    const [ana, zoe] = await Promise.all([connected('ana', {}), connected('zoe', websocket)]);
    await zoe.timeout(20_000).emitWithAck('join', 'two');
    const message = next(zoe, 'message');
    await ana.timeout(20_000).emitWithAck('send', { room: 'two', text: 'to zoe' });
    const [{ from, text }] = await message;
    const left = next(zoe, 'left');
    const id = ana.id;
    ana.disconnect();
    const [who, reason] = await left;
    return { from, text, left: who === id, reason };
  },

  async answers() {
    const ana = (await connected('ana', websocket)).timeout(20_000);
    const zoe = (await connected('zoe', websocket)).timeout(20_000);
    const room = 'answers';
    await ana.emitWithAck('send', { room, text: 'one' });
    return {
      invalid: await ana.emitWithAck('send', { room: '', text: ' ' }),
      blank: await ana.emitWithAck('join', ''),
      missing: await ana.emitWithAck('send', { room }),
      count: await ana.emitWithAck('count', room),
      forbidden: await ana.emitWithAck('clear', room),
      cleared: (await zoe.emitWithAck('clear', room)) ?? 'nothing',
      countAfter: await ana.emitWithAck('count', room),
    };
  },

  async session() {
    const { cookie, token } = await login();
    const headers = { cookie: cookie() };
    const socket = await connected(null, { extraHeaders: headers });
    const [greeted] = await socket.welcome;
    await upgraded(socket);
    const news = next(socket, 'news');
    const post = (more) =>
      fetch(`${url}/news`, {
        method: 'POST',
        body: 'extra',
        headers: { 'content-type': 'text/plain', ...headers, ...more },
      });
    const without = (await post({})).status;
    const csrf = await token();
    const status = (await post({ cookie: cookie(), 'x-csrf-token': csrf })).status;
    return { greeted, without, status, news: (await news)[0] };
  },

  async headers() {
    const answer = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers: basic('ana') });
    const bundle = await fetch(`${url}/socket.io/socket.io.js`, { headers: basic('ana') });
    const foreign = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
      headers: { ...basic('ana'), origin: 'https://elsewhere.example' },
    });
    return {
      status: answer.status,
      nosniff: answer.headers.get('x-content-type-options'),
      bundle: bundle.status,
      foreign: foreign.status,
    };
  },

  /** The preflight of a browser for a page of another origin that sends the header of a user. */
  async preflight() {
    const page = { origin: 'https://pages.example' };
    const ask = {
      ...page,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const address = `${url}/socket.io/?EIO=4&transport=polling`;
    const preflight = await fetch(address, { method: 'OPTIONS', headers: ask });
    const foreign = await fetch(address, {
      method: 'OPTIONS',
      headers: { ...ask, origin: 'https://elsewhere.example' },
    });
    const request = await fetch(address, { headers: { ...page, ...basic('ana') } });
    const unknown = await fetch(address, { headers: page });
    const elsewhere = await fetch(`${url}/news`, { method: 'OPTIONS', headers: ask });
    return {
      status: preflight.status,
      origin: preflight.headers.get('access-control-allow-origin'),
      headers: preflight.headers.get('access-control-allow-headers'),
      foreign: foreign.headers.get('access-control-allow-origin'),
      request: [request.status, request.headers.get('access-control-allow-origin')],
      unknown: unknown.status,
      elsewhere: elsewhere.status,
    };
  },

  async preflightHttp2() {
    const session = http2.connect(url);
    const stream = session.request({
      ':method': 'OPTIONS',
      ':path': '/socket.io/?EIO=4&transport=polling',
      origin: 'https://pages.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    });
    const [headers] = await next(stream, 'response');
    session.close();
    return { status: headers[':status'], origin: headers['access-control-allow-origin'] };
  },

  async http2() {
    const session = http2.connect(url);
    const ask = (method, query, body) =>
      new Promise((resolve, reject) => {
        const stream = session.request({
          ':method': method,
          ':path': `/socket.io/?EIO=4&transport=polling${query}`,
          ...lower(basic('ana')),
        });
        let text = '';
        let status;
        stream.setEncoding('utf8');
        stream.on('response', (headers) => { status = headers[':status']; });
        stream.on('data', (chunk) => { text += chunk; });
        stream.on('end', () => resolve({ status, text }));
        stream.on('error', reject);
        stream.end(body);
      });
    const opened = await ask('GET', '');
    const { sid } = JSON.parse(opened.text.slice(1));
    await ask('POST', `&sid=${sid}`, '40/chat,');
    const joined = await ask('GET', `&sid=${sid}`);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&sid=${sid}`, {
      headers: basic('ana'),
      rejectUnauthorized: false,
    });
    await next(socket, 'open');
    const probed = next(socket, 'message');
    socket.send('2probe');
    const probe = String((await probed)[0]);
    socket.send('5');
    const answered = next(socket, 'message');
    socket.send('42/chat,7["count","nowhere"]');
    const ack = String((await answered)[0]);
    socket.close();
    session.close();
    return {
      alpn: session.alpnProtocol,
      status: opened.status,
      joined: joined.text.startsWith('40/chat,'),
      probe,
      ack,
    };
  },

  async drain() {
    const sockets = await Promise.all([connected('ana', websocket), connected('zoe', polling)]);
    const told = Promise.all(sockets.map((each) => next(each, 'server_draining')));
    const gone = Promise.all(sockets.map((each) => next(each, 'disconnect')));
    console.log('READY');
    const windows = (await told).map(([{ in: ms }]) => ms <= 2000);
    return {
      windows,
      reasons: (await gone).map(([reason, details]) =>
        reason === 'transport close'
          ? reason
          : `${reason}: ${details?.message} ${details?.description?.message ?? details?.description} ` +
            details?.context?.status,
      ),
    };
  },

  /** Stays until standard input ends. */
  async stay() {
    const socket = await connected('ana', websocket);
    await socket.welcome;
    console.log('READY');
    await new Promise((resolve) => { process.stdin.on('end', resolve).resume(); });
    return { connected: socket.connected };
  },
};

const lower = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));

try {
  console.log(JSON.stringify(await cases[name]()));
} catch (error) {
  console.log(JSON.stringify({ failure: `${error} ${error.cause ?? ''}` }));
} finally {
  // Node.js ends by itself when the server has heard of it.
  open.forEach((socket) => socket.disconnect());
}
