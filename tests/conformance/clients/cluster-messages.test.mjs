// Messages that no server of the cluster has sent: malformed ones have no effect on those behind them, and questions in
// the form of other versions get the answers of Node.js.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createClient } from 'redis';
import { Node, next, plain, until } from './cluster.mjs';

const { NATTER_REDIS: redis } = process.env;
const TIMEOUT = 3000;

const options = { rooms: [], except: [], flags: {} };
const noEvent = { packet: { type: 2, data: [] }, opts: options };
/** Messages that a server cannot read, for each adapter and channel or stream. */
const malformed = {
  classic: {
    'socket.io#/#': [Buffer.from([0xc1]), Buffer.from([0x90]), Buffer.from('text')],
    'socket.io-request#/#': ['{"type":', '{"type":7,"requestId":"1","opts":{}}', '{"type":6}'],
    'socket.io-response#/#': ['{', Buffer.from([0x93, 1])],
  },
  sharded: {
    'socket.io#/#': [
      Buffer.from([0xc1]),
      '{"type":3',
      '{"type":3,"uid":"x","nsp":"/"}',
      '{"type":4,"uid":"x","nsp":"/","data":{}}',
      JSON.stringify({ type: 3, uid: 'x', nsp: '/', data: noEvent }),
    ],
  },
  streams: {
    'socket.io': [
      { type: 'three', data: '{}' },
      { type: '3', data: '{}' },
      { type: '3', data: 'no base64!' },
      { type: '3', data: JSON.stringify(noEvent) },
      { type: '4' },
      { type: '6', data: '{"opts":' },
    ],
  },
};

for (const adapter of ['classic', 'sharded', 'streams']) {
  describe(adapter, () => {
    let nodes, sockets, client;

    before(async () => {
      client = await createClient({ url: redis }).connect();
      const words = ['--adapter', adapter, '--redis', redis, '--port', '0', '--timeout', String(TIMEOUT)];
      nodes = await Promise.all([0, 1].map(() => Node.start('J', words)));
      await until(
        async () => (await Promise.all(nodes.map((node) => node.ask('serverCount')))).every(({ count }) => count === 2),
        'two servers that know each other',
      );
      sockets = nodes.map((node) => node.client());
      await Promise.all(sockets.map((socket) => next(socket, 'connect')));
    });
    after(async () => {
      sockets.forEach((socket) => socket.disconnect());
      await Promise.all([client.close(), ...nodes.map((node) => node.stop())]);
    });

    test('malformed messages are counted, and the ones behind them are heard', async () => {
      let sent = 0;
      for (const [place, messages] of Object.entries(malformed[adapter]))
        for (const message of messages) {
          sent++;
          if (adapter === 'streams') await client.xAdd(place, '*', { uid: 'x', nsp: '/', ...message });
          else if (adapter === 'sharded') await client.sPublish(place, message);
          else await client.publish(place, message);
        }
      for (const node of nodes)
        await until(async () => (await node.ask('health')).counts.malformed === sent, `${sent} malformed messages`);
      for (const node of nodes) {
        const heard = Promise.all(sockets.map((socket) => next(socket, 'test')));
        await node.ask('emit', { event: 'test', args: ['after'] });
        for (const args of await heard) assert.deepEqual(plain(args), ['after']);
      }
      const { sockets: found } = await nodes[0].ask('fetchSockets');
      assert.equal(found.length, 2);
    });

    test('a request that all servers have answered does not count as late', async () => {
      await nodes[1].ask('answerWith', { value: 1 });
      const asked = { event: 'hello', args: [], ack: true };
      assert.deepEqual(await nodes[0].ask('serverSideEmit', asked), { answers: [1] });
      await nodes[1].ask('answerWith', {});
      const { error } = await nodes[0].ask('serverSideEmit', asked); // later than the end of the first
      assert.ok(error);
      await until(async () => (await nodes[0].ask('health')).counts.timedOut > 0, 'the second counts');
      assert.equal((await nodes[0].ask('health')).counts.timedOut, 1);
    });

    test('an emitter may name a room twice', async () => {
      await nodes[0].ask('socketsJoin', { emitter: true, join: ['twice', 'twice'] });
      for (const [i, node] of nodes.entries())
        await until(async () => (await node.ask('rooms', { sid: sockets[i].id })).rooms.includes('twice'), 'the room');
    });

    test('a line that is no JSON is answered with an error, and the server goes on', async () => {
      nodes[0].process.stdin.write('\nno JSON\n');
      assert.equal((await nodes[0].ask('serverCount')).count, 2);
    });
  });
}

describe('questions to the classic adapter', () => {
  let nodes, sockets, client, listener;
  const answers = [];

  before(async () => {
    client = await createClient({ url: redis }).connect();
    listener = await createClient({ url: redis }).connect();
    await listener.subscribe('socket.io-response#/#', (answer) => answers.push(JSON.parse(answer)));
    const words = ['--adapter', 'classic', '--redis', redis, '--port', '0'];
    nodes = await Promise.all(['J', 'J', 'N'].map((kind) => Node.start(kind, words)));
    await until(async () => (await nodes[0].ask('serverCount')).count === 3, 'three servers');
    sockets = nodes.map((node) => node.client());
    await Promise.all(sockets.map((socket) => next(socket, 'connect')));
  });
  after(async () => {
    sockets.forEach((socket) => socket.disconnect());
    await Promise.all([client.close(), listener.close(), ...nodes.map((node) => node.stop())]);
  });

  async function ask(question, wanted) {
    await client.publish('socket.io-request#/#', JSON.stringify({ uid: 'other', ...question }));
    return until(() => {
      const found = answers.filter(({ requestId }) => requestId === question.requestId);
      return found.length === wanted && found;
    }, `${wanted} answers`);
  }

  test('rooms include those that sockets have to themselves', async () => {
    await nodes[0].ask('join', { sid: sockets[0].id, join: ['named'] });
    const found = (await ask({ requestId: 'all', type: 1 }, 3)).flatMap(({ rooms }) => rooms);
    assert.deepEqual(found.sort(), ['named', ...sockets.map(({ id }) => id)].sort());
    const { rooms } = await nodes[2].ask('allRooms');
    assert.deepEqual(rooms.sort(), found);
  });

  test('only the server that has the socket says that it has joined, left and gone', async () => {
    for (const [i, { id: sid }] of sockets.entries()) {
      await ask({ requestId: `join${i}`, type: 2, sid, room: 'old' }, 1);
      await ask({ requestId: `leave${i}`, type: 3, sid, room: 'old' }, 1);
      const gone = next(sockets[i], 'disconnect');
      await ask({ requestId: `gone${i}`, type: 4, sid, close: false }, 1);
      await gone;
    }
    await ask({ requestId: 'fence', type: 1 }, 3);
    for (const id of ['join0', 'leave0', 'gone0', 'join2', 'leave2', 'gone2'])
      assert.equal(answers.filter(({ requestId }) => requestId === id).length, 1, id);
  });
});
