// 200 fresh clients, each moving from polling to WebSocket while messages flow both ways.
// Mode `socketio`: `message` comes back as `message-back`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { client, next } from './support.mjs';

const clients = 200;
const atOnce = 10;

async function upgradeUnderWay(t) {
  const socket = client(t);
  const got = [];
  socket.on('message-back', (n) => got.push(n));
  const upgraded = next(socket.io.engine, 'upgrade');
  let sent = 0;
  let moved = false;
  upgraded.then(() => (moved = true), () => {});
  while (!moved) {
    socket.emit('message', sent++);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await upgraded;
  for (let i = 0; i < 20; i++) socket.emit('message', sent++);
  await socket.timeout(10_000).emitWithAck('message-with-ack', 'last');
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
