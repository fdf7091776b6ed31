// 200 fresh clients, each moving from polling to WebSocket while messages flow both ways.
// Mode `client`: `echo` is acknowledged with its argument; its heartbeat leaves a busy machine time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, next } from './support.mjs';

const clients = 200;
const atOnce = 10;

async function upgradeUnderWay(t) {
  const socket = client(t);
  const got = [];
  const say = (n) => socket.emit('echo', n, (answer) => got.push(answer));
  const upgraded = next(socket.io.engine, 'upgrade');
  let sent = 0;
  let moved = false;
  upgraded.then(() => (moved = true), () => {});
  while (!moved) {
    say(sent++);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await upgraded;
  for (let i = 0; i < 20; i++) say(sent++);
  await socket.timeout(10_000).emitWithAck('echo', 'last');
  assert.equal(socket.io.engine.transport.name, 'websocket');
  assert.deepEqual(got, Array.from({ length: sent }, (_, i) => i));
  socket.disconnect();
}

test(`the upgrade succeeds ${clients} times out of ${clients}, nothing lost or out of order`, async (t) => {
  let left = clients;
  const worker = async () => {
    while (left-- > 0) await upgradeUnderWay(t);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
});
