import { beforeEach, describe, expect, test } from 'vitest';
import { rejectionReason } from '../src/net/chat-socket';
import { CHECK_MS } from '../src/net/liveness-check';
import { CONNECT_MS, ServerConnection, SLOW_MS } from '../src/net/server-connection';
import { FakeSocket } from './fake-socket';
import { ManualClock, settle } from './manual-clock';

describe('the reason of a failed connection', () => {
  const failed = (responseText: unknown) => Object.assign(new Error('xhr poll error'), { context: { responseText } });

  test('comes from the server\'s answer', () => {
    const body = '{"code":4,"message":"Too many connections from this address"}';
    expect(rejectionReason(failed(body))).toBe('Too many connections from this address');
  });

  test('is unknown without an answer in JSON', () => {
    expect(rejectionReason(failed(''))).toBeUndefined();
    expect(rejectionReason(failed('<h1>502 Bad Gateway</h1>'))).toBeUndefined();
    expect(rejectionReason(failed('{"code":4}'))).toBeUndefined();
    expect(rejectionReason(new Error('websocket error'))).toBeUndefined();
  });
});

let clock: ManualClock;
let socket: FakeSocket;
let told: string[];
let probes: ((value: unknown) => void)[];
let connection: ServerConnection;

beforeEach(() => {
  clock = new ManualClock();
  socket = new FakeSocket();
  told = [];
  probes = [];
  connection = new ServerConnection(
    {
      connected: () => told.push('connected'),
      disconnected: () => told.push('disconnected'),
      rejected: () => told.push('rejected'),
      connectFailed: () => told.push('connectFailed'),
      probe: () => new Promise((answer) => probes.push(answer)),
    },
    clock,
    () => 0.5,
    socket as never,
  );
});

function joined(): void {
  connection.open();
  socket.join();
  connection.established();
}

describe('connecting', () => {
  test('begins with WebSocket, with polling as the second transport', () => {
    connection.open();
    expect(socket.tries).toEqual([['websocket', 'polling']]);
  });

  test('an attempt that takes too long is given up, and the next one begins with polling', async () => {
    connection.open();
    await clock.go(CONNECT_MS - 1);
    expect(socket.active).toBe(true);
    await clock.go(1);
    expect(socket.active).toBe(false);
    await clock.go(500);
    expect(socket.tries).toEqual([
      ['websocket', 'polling'],
      ['polling', 'websocket'],
    ]);
  });

  test('the next attempt has more time, up to a limit', async () => {
    connection.open();
    await clock.go(CONNECT_MS + 500);
    await clock.go(CONNECT_MS + 1);
    expect(socket.active).toBe(true);
    await clock.go(CONNECT_MS);
    expect(socket.active).toBe(false);
  });

  test('an attempt whose hello is not answered is given up too, and the next one begins with WebSocket', async () => {
    connection.open();
    socket.join();
    await clock.go(CONNECT_MS);
    expect(told).toEqual(['connected', 'disconnected', 'connectFailed']);
    await clock.go(500);
    expect(socket.tries).toHaveLength(2);
    expect(socket.tries[1]?.[0]).toBe('websocket');
  });

  test('an established connection stays open without timers', async () => {
    joined();
    await clock.go(120_000);
    expect(socket.connected).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test('a failed connection is tried again after a wait that grows', async () => {
    connection.open();
    const failures = [500, 1000, 2000, 4000, 8000, 10_000, 10_000];
    for (const [i, wait] of failures.entries()) {
      socket.fire('connect_error', new Error('websocket error'));
      await clock.go(wait - 1);
      expect(socket.tries).toHaveLength(i + 1);
      await clock.go(1);
      expect(socket.tries).toHaveLength(i + 2);
    }
  });

  test('reopens by itself after a transport close, and after a close by the server only on request', async () => {
    joined();
    socket.lose('transport close');
    await clock.go(500);
    expect(socket.tries).toHaveLength(2);
    socket.join();
    connection.established();
    socket.lose('io server disconnect');
    await clock.go(60_000);
    expect(socket.tries).toHaveLength(2);
    expect(told).toContain('rejected');
    connection.openLater();
    await clock.go(1000);
    expect(socket.tries).toHaveLength(3);
  });
});

describe('a silent connection', () => {
  test('is checked when the page wakes, and replaced at once without an answer', async () => {
    joined();
    connection.wake();
    expect(probes).toHaveLength(1);
    await clock.go(CHECK_MS - 1);
    expect(socket.connected).toBe(true);
    await clock.go(1);
    expect(told).toEqual(['connected', 'disconnected']);
    expect(socket.tries).toHaveLength(2);
  });

  test('stays open when it answers', async () => {
    joined();
    connection.wake();
    connection.wake();
    expect(probes).toHaveLength(1);
    probes[0]?.({ ok: true });
    await settle();
    await clock.go(60_000);
    expect(socket.connected).toBe(true);
    expect(socket.tries).toHaveLength(1);
  });

  test('is checked when an answer is missing for a few seconds', async () => {
    joined();
    void connection.ask('msg.send', { room: 'general', cmid: 'c', text: 't' });
    await clock.go(SLOW_MS);
    expect(probes).toHaveLength(1);
    await clock.go(CHECK_MS);
    expect(socket.tries).toHaveLength(2);
  });

  test('is not checked when answers arrive', async () => {
    joined();
    void connection.ask('msg.send', { room: 'general', cmid: 'c', text: 't' });
    socket.asked[0]?.answer({ ok: true });
    await settle();
    await clock.go(60_000);
    expect(probes).toHaveLength(0);
  });

  test('is replaced although late packets arrive', async () => {
    joined();
    connection.wake();
    await clock.go(1);
    socket.io.fire('packet');
    await clock.go(CHECK_MS - 1);
    expect(socket.connected).toBe(true);
    await clock.go(CHECK_MS);
    expect(socket.tries).toHaveLength(2);
  });

  test('is replaced after a wait when the one before was silent too', async () => {
    joined();
    connection.wake();
    await clock.go(CHECK_MS);
    socket.join();
    connection.established();
    connection.wake();
    await clock.go(CHECK_MS);
    expect(socket.tries).toHaveLength(2);
    await clock.go(500);
    expect(socket.tries).toHaveLength(3);
  });

  test('waking ends a wait, but not an attempt that has just begun', async () => {
    connection.open();
    socket.fire('connect_error', new Error('websocket error'));
    connection.wake();
    expect(socket.tries).toHaveLength(2);
    connection.wake();
    expect(socket.tries).toHaveLength(2);
    await clock.go(CHECK_MS);
    connection.wake();
    expect(socket.tries).toHaveLength(3);
  });
});
