import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, SyncPage } from '../src/net/contract';
import { LogSync } from '../src/room/log-sync';
import { HOLD_LIMIT } from '../src/room/room-log';
import { ManualClock, settle } from './manual-clock';
import { event, message, range } from './messages';

let clock: ManualClock;
let asked: number[];
let answers: (Answer<SyncPage> | Error)[];
let sync: LogSync;

beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  answers = [];
  sync = new LogSync(
    clock,
    async (since) => {
      asked.push(since);
      const next = answers.shift() ?? new Error('no answer left');
      if (next instanceof Error) throw next;
      return next;
    },
    () => undefined,
  );
  sync.log.delta({ limited: true, page: range(1, 3), to: 3, more: false }, 3, 'me');
});

const seqs = () => sync.log.messages.map((m) => m.seq);

describe('a hole', () => {
  test('that fills within 250 ms asks nothing', async () => {
    sync.event(event(message(5)));
    await clock.go(249);
    sync.event(event(message(4)));
    await clock.go(5000);
    expect(asked).toEqual([]);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  test('that stays is fetched after 250 ms', async () => {
    answers = [{ ok: true, changes: [message(4), message(5)], to: 5, more: false }];
    sync.event(event(message(5)));
    await clock.go(249);
    expect(asked).toEqual([]);
    await clock.go(1);
    expect(asked).toEqual([3]);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
    await clock.go(60_000);
    expect(asked).toHaveLength(1);
  });

  test('is fetched page by page', async () => {
    answers = [
      { ok: true, changes: [message(4)], to: 4, more: true },
      { ok: true, changes: [message(5), message(6)], to: 6, more: false },
    ];
    sync.event(event(message(6)));
    await clock.go(250);
    expect(asked).toEqual([3, 4]);
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('that a refusal leaves open is fetched again after the time it names', async () => {
    answers = [
      { err: { code: 'rate', message: 'Slower', retry_after_ms: 3000, permanent: false } },
      { ok: true, changes: [message(4)], to: 4, more: false },
    ];
    sync.event(event(message(5)));
    await clock.go(250);
    await clock.go(2999);
    expect(asked).toHaveLength(1);
    await clock.go(1);
    expect(asked).toHaveLength(2);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  test('that is refused again and again is asked for more and more seldom', async () => {
    const refused = { err: { code: 'storage', message: 'Later', permanent: false } } as const;
    answers = [refused, refused, refused, refused];
    sync.event(event(message(5)));
    await clock.go(250);
    const counts: number[] = [];
    for (const wait of [1000, 2000, 4000]) {
      await clock.go(wait - 1);
      counts.push(asked.length);
      await clock.go(1);
    }
    expect([...counts, asked.length]).toEqual([1, 2, 3, 4]);
  });

  test('is left to hello when the connection is lost', async () => {
    sync.event(event(message(5)));
    sync.connectionLost();
    await clock.go(60_000);
    expect(asked).toEqual([]);
  });

  test('is fetched at once when too much waits behind it', async () => {
    answers = [{ ok: true, changes: range(4, 70), to: 70, more: false }];
    for (let i = 0; i <= HOLD_LIMIT; i++) sync.event(event(message(5 + i)));
    await settle();
    expect(asked).toEqual([3]);
    expect(sync.log.ver).toBe(70);
  });
});

test('pages of one sync know what was new before the first', async () => {
  answers = [
    { ok: true, changes: [message(5)], to: 5, more: true },
    { ok: true, changes: [message(4, { ver: 6 })], to: 6, more: false },
  ];
  sync.log.delta({ limited: true, page: range(1, 3), to: 3, more: false }, 3, 'me');
  sync.event(event(message(6, { ver: 7 })));
  await clock.go(250);
  expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a change to what is not loaded makes no island in a sync', async () => {
  const young = new LogSync(clock, async () => ({ ok: true, changes: [message(2, { ver: 101 }), message(101, { ver: 102 })], to: 102, more: false }), () => undefined);
  young.log.delta({ limited: true, page: range(51, 100), to: 100, more: true }, 100, 'me');
  young.expect(102);
  await clock.go(250);
  expect(young.log.firstLoaded).toBe(51);
  expect(young.log.newest).toBe(101);
});

test('a version that the server does not have after all is not asked for without end', async () => {
  answers = [{ ok: true, changes: [], to: 3, more: false }];
  sync.expect(9);
  await clock.go(250);
  sync.event(event(message(4)));
  await clock.go(60_000);
  expect(asked).toHaveLength(1);
});

test('a version that an answer named is fetched when it does not come', async () => {
  answers = [{ ok: true, changes: [message(4)], to: 4, more: false }];
  sync.expect(4);
  await clock.go(250);
  expect(seqs()).toEqual([1, 2, 3, 4]);
  sync.expect(4);
  await clock.go(60_000);
  expect(asked).toHaveLength(1);
});
