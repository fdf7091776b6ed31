// Clients behind real proxies that send each request to another server. Servers on the JVM, one on each host, pass it
// on to the server that has the session. The clients are the official ones.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { io } from 'socket.io-client';
import { Node, next, until } from './cluster.mjs';
import { Proxy } from './proxies.mjs';

const { NATTER_REDIS: redis, NATTER_POSTGRES: postgres } = process.env;
const { NATTER_ADAPTER: adapter = 'classic', NATTER_SERVERS: hosts = 'netty tomcat jetty' } = process.env;
const address = postgres ? ['--postgres', postgres] : ['--redis', redis];
const words = ['--adapter', adapter, ...address, '--port', '0', '--forward'];
const start = (host) => Node.start('J', [...words, '--server', host]);
const forwarded = async (node) => (await node.ask('health')).forwarding;
const sum = async (nodes, name) =>
  (await Promise.all(nodes.map(forwarded))).reduce((all, counts) => all + counts[name], 0);
const know = (nodes, number) =>
  until(
    async () => (await Promise.all(nodes.map(forwarded))).every(({ others }) => others === number),
    `servers that know ${number} others`,
    30_000,
  );

function connect(url, options) {
  return io(url, { forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200, ...options });
}

/** The server sends, the client answers, several times: packets in both directions. */
async function converse(node, socket, times = 8) {
  socket.off('ask').on('ask', (value, bytes, answer) => answer([value, bytes.byteLength ?? bytes.length]));
  for (let n = 0; n < times; n++) {
    const answer = await node.ask('emit', {
      rooms: [socket.id],
      event: 'ask',
      args: [n, { $bytes: 'ab'.repeat(n * 3000 + 1) }],
      ack: 20_000,
    });
    assert.deepEqual(answer, { answers: [[n, n * 3000 + 1]] });
  }
}

describe(`without sticky sessions, ${adapter}, ${hosts}`, () => {
  let nodes;
  before(async () => {
    nodes = await Promise.all(hosts.split(' ').map(start));
    await know(nodes, nodes.length - 1);
  });
  after(() => Promise.all(nodes.map((node) => node.stop())));

  for (const file of ['haproxy-round-robin.cfg', 'nginx-round-robin.conf']) {
    describe(file, () => {
      let proxy;
      before(async () => (proxy = await Proxy.start(file, nodes.map(({ port }) => port))));
      after(() => proxy.stop());

      test('a client on HTTP long-polling goes on, whichever servers its requests reach', async () => {
        const before = await sum(nodes, 'requests');
        const socket = connect(proxy.url, { transports: ['polling'] });
        try {
          await next(socket, 'connect');
          for (const node of nodes) await converse(node, socket);
          assert.ok((await sum(nodes, 'requests')) > before + 10);
          assert.ok((await sum(nodes, 'received')) > 10);
        } finally {
          socket.disconnect();
        }
      });

      test('clients change from polling to WebSocket, on any server', async () => {
        const before = await sum(nodes, 'webSockets');
        const sockets = Array.from({ length: 6 }, () => connect(proxy.url));
        try {
          await Promise.all(sockets.map(async (socket) => {
            await next(socket, 'connect');
            await until(() => socket.io.engine.transport.name === 'websocket', 'the upgrade', 30_000);
          }));
          for (const [i, socket] of sockets.entries()) await converse(nodes[i % nodes.length], socket, 3);
          assert.ok((await sum(nodes, 'webSockets')) > before);
        } finally {
          sockets.forEach((socket) => socket.disconnect());
        }
      });

      test('a client on WebSocket only needs no other server', async () => {
        const before = await sum(nodes, 'webSockets');
        const socket = connect(proxy.url, { transports: ['websocket'] });
        try {
          await next(socket, 'connect');
          await converse(nodes[0], socket, 3);
          assert.equal(await sum(nodes, 'webSockets'), before);
        } finally {
          socket.disconnect();
        }
      });

      for (const [name, options] of [['polling', { transports: ['polling'] }], ['upgrade', {}]]) {
        test(`events come in order, none is lost and none comes twice: ${name}`, async () => {
          const sockets = Array.from({ length: 4 }, () => connect(proxy.url, options));
          try {
            await Promise.all(sockets.map((socket) => next(socket, 'connect')));
            const got = sockets.map((socket) => {
              const numbers = [];
              socket.on('n', (n) => numbers.push(n));
              return numbers;
            });
            for (let n = 0; n < 300; n++) await nodes[0].ask('emit', { event: 'n', args: [n] });
            await until(() => got.every((numbers) => numbers.length >= 300), 'all events', 30_000);
            for (const numbers of got) assert.deepEqual(numbers, [...Array(300).keys()]);
          } finally {
            sockets.forEach((socket) => socket.disconnect());
          }
        });
      }
    });
  }

  describe('bounds and faults', () => {
    /** A session on the first server, and the target of its requests at the second one. */
    async function session() {
      const query = 'EIO=4&transport=polling';
      const opened = await (await fetch(`http://127.0.0.1:${nodes[0].port}/socket.io/?${query}`)).text();
      const { sid } = JSON.parse(opened.slice(1));
      return { sid, target: `http://127.0.0.1:${nodes[1].port}/socket.io/?${query}&sid=${sid}` };
    }

    test('ids have 20 characters, and begin with four that name their server', async () => {
      const first = await session();
      const second = await session();
      assert.match(first.sid, /^[\w-]{20}$/);
      assert.equal(first.sid.slice(0, 4), second.sid.slice(0, 4));
      assert.notEqual(first.sid, second.sid);
    });

    test('the answer of the other server comes as it is', async () => {
      const { target } = await session();
      const post = await fetch(target, {
        method: 'POST',
        body: '40',
        headers: { Origin: `http://127.0.0.1:${nodes[1].port}` },
      });
      assert.deepEqual([post.status, await post.text(), post.headers.get('content-type')], [200, 'ok', 'text/html']);
      const get = await fetch(target);
      assert.match(await get.text(), /^40\{"sid":"[\w-]{20}"\}$/);
      const other = await fetch(target, { headers: { Origin: 'http://elsewhere.example' } });
      assert.deepEqual([other.status, (await other.json()).code], [403, 4]);
    });

    test('a session that its server does not have is unknown', async () => {
      const { sid, target } = await session();
      const answer = await fetch(target.replace(sid, `${sid.slice(0, 4)}AAAAAAAAAAAAAAAA`));
      assert.deepEqual([answer.status, await answer.json()], [400, { code: 1, message: 'Session ID unknown' }]);
    });

    test('a request with a forged mark of another server is refused and counted', async () => {
      const { sid } = await session();
      const head = Buffer.from([sid, 'fwAAAQ', '1', 'http', 'hx'].join('\n')).toString('base64url');
      const before = (await forwarded(nodes[0])).forged;
      for (const mark of [`${head}.${'A'.repeat(43)}`, head, '.', '', 'ä']) {
        const answer = await fetch(`http://127.0.0.1:${nodes[0].port}/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
          headers: { 'natter-forwarded': encodeURI(mark) },
        });
        assert.deepEqual([answer.status, (await answer.json()).code], [403, 4]);
      }
      assert.equal((await forwarded(nodes[0])).forged, before + 5);
    });

    test('a body that is too large is refused', async () => {
      const { target } = await session();
      const answer = await fetch(target, { method: 'POST', body: '4'.repeat(1_000_001) });
      assert.equal(answer.status, 413);
    });

    test('a WebSocket that the other server refuses gets its refusal', async () => {
      const { target } = await session();
      const handshake = {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      };
      const refused = await upgrade(target.replace('EIO=4', 'EIO=3').replace('polling', 'websocket'), handshake);
      assert.deepEqual(refused, [400, 'Bad request']);
    });

    test('when a server is killed, its clients begin anew on another one', async () => {
      const proxy = await Proxy.start('haproxy-round-robin.cfg', nodes.map(({ port }) => port));
      const spare = await start('netty');
      await know([...nodes, spare], nodes.length);
      const before = await sum(nodes, 'unreachable');
      const socket = connect(`http://127.0.0.1:${spare.port}`, { transports: ['polling'] });
      try {
        await next(socket, 'connect');
        const { id } = socket;
        socket.io.uri = proxy.url; // its next session is behind the proxy
        socket.io.engine.transport.opts.hostname = '127.0.0.1';
        socket.io.engine.transport.opts.port = String(nodes[0].port); // as are the next requests of this one
        await converse(nodes[0], socket, 3);
        spare.process.kill('SIGKILL');
        await next(socket, 'disconnect');
        await next(socket, 'connect');
        assert.notEqual(socket.id, id);
        await converse(nodes[0], socket, 3);
        assert.ok((await sum(nodes, 'unreachable')) > before);
      } finally {
        socket.disconnect();
        await proxy.stop();
      }
    });

    test('a server that closes is forgotten', async () => {
      await know(nodes, nodes.length); // the killed one is not forgotten: it may come back
      const spare = await start('netty');
      await know(nodes, nodes.length + 1);
      spare.process.stdin.end(); // it closes its server and says so
      await know(nodes, nodes.length);
      await spare.stop();
    });
  });
});

/** The status and the body of the answer to a request to become a WebSocket. */
async function upgrade(url, headers) {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers });
    sent.on('upgrade', (response, socket) => (socket.destroy(), resolve([101, ''])));
    sent.on('response', async (response) => {
      let body = '';
      for await (const part of response) body += part;
      resolve([response.statusCode, body]);
    });
    sent.on('error', reject);
    sent.end();
  });
}

if (!postgres) {
  describe('with sticky sessions', () => {
    let nodes;
    before(async () => {
      const words = ['--adapter', 'classic', '--redis', redis, '--port', '0'];
      nodes = await Promise.all(['J', 'J', 'J', 'N'].map((kind) => Node.start(kind, words)));
    });
    after(() => Promise.all(nodes.map((node) => node.stop())));

    for (const file of ['haproxy.cfg', 'nginx.conf']) {
      describe(file, () => {
        let proxy;
        before(async () => (proxy = await Proxy.start(file, nodes.map(({ port }) => port))));
        after(() => proxy.stop());

        for (const [name, options] of [['polling', { transports: ['polling'] }], ['upgrade', {}]]) {
          test(`each client stays on its server: ${name}`, async () => {
            // Node.js keeps no cookies, and a browser does: the client is told to.
            const sockets = Array.from({ length: 4 }, () => connect(proxy.url, { withCredentials: true, ...options }));
            try {
              await Promise.all(sockets.map((socket) => next(socket, 'connect')));
              for (const [i, socket] of sockets.entries()) await converse(nodes[i], socket, 3);
            } finally {
              sockets.forEach((socket) => socket.disconnect());
            }
          });
        }
      });
    }

    test('without them, and without forwarding, a client on polling gets nowhere', async () => {
      const proxy = await Proxy.start('haproxy-round-robin.cfg', nodes.map(({ port }) => port));
      const socket = connect(proxy.url, { transports: ['polling'], reconnection: false });
      try {
        const failed = await Promise.race([
          next(socket, 'connect_error'),
          next(socket, 'disconnect'),
          next(socket, 'connect').then(() => next(socket, 'disconnect')),
        ]);
        assert.ok(failed);
      } finally {
        socket.disconnect();
        await proxy.stop();
      }
    });
  });
}
