import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, SyncPage } from '../src/net/contract';
import { LogKeeper } from '../src/timeline/keeper';
import { HOLD_LIMIT } from '../src/timeline/log';
import { ManualClock, settle } from './manual-clock';
import { event, message, range } from './messages';

let clock: ManualClock;
let asked: number[];
let answers: (Answer<SyncPage> | Error)[];
let keeper: LogKeeper;

beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  answers = [];
  keeper = new LogKeeper(
    clock,
    async (since) => {
      asked.push(since);
      const next = answers.shift() ?? new Error('no answer left');
      if (next instanceof Error) throw next;
      return next;
    },
    () => undefined,
  );
  keeper.log.delta({ limited: true, page: range(1, 3), to: 3, more: false }, 3, 'me');
});

const seqs = () => keeper.log.messages.map((m) => m.seq);

describe('a hole', () => {
  test('that fills within 250 ms asks nothing', async () => {
    keeper.event(event(message(5)));
    await clock.go(249);
    keeper.event(event(message(4)));
    await clock.go(5000);
    expect(asked).toEqual([]);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  test('that stays is fetched after 250 ms', async () => {
    answers = [{ ok: true, changes: [message(4), message(5)], to: 5, more: false }];
    keeper.event(event(message(5)));
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
    keeper.event(event(message(6)));
    await clock.go(250);
    expect(asked).toEqual([3, 4]);
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('that a refusal leaves open is fetched again after the time it names', async () => {
    answers = [
      { err: { code: 'rate', message: 'Slower', retry_after_ms: 3000, permanent: false } },
      { ok: true, changes: [message(4)], to: 4, more: false },
    ];
    keeper.event(event(message(5)));
    await clock.go(250);
    await clock.go(2999);
    expect(asked).toHaveLength(1);
    await clock.go(1);
    expect(asked).toHaveLength(2);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  test('is left to hello when the line is gone', async () => {
    keeper.event(event(message(5)));
    keeper.offline();
    await clock.go(60_000);
    expect(asked).toEqual([]);
  });

  test('is fetched at once when too much waits behind it', async () => {
    answers = [{ ok: true, changes: range(4, 70), to: 70, more: false }];
    for (let i = 0; i <= HOLD_LIMIT; i++) keeper.event(event(message(5 + i)));
    await settle();
    expect(asked).toEqual([3]);
    expect(keeper.log.ver).toBe(70);
  });
});

test('pages of one sync know what was new before the first', async () => {
  answers = [
    { ok: true, changes: [message(5)], to: 5, more: true },
    { ok: true, changes: [message(4, { ver: 6 })], to: 6, more: false },
  ];
  keeper.log.delta({ limited: true, page: range(1, 3), to: 3, more: false }, 3, 'me');
  keeper.event(event(message(6, { ver: 7 })));
  await clock.go(250);
  expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a change to what is not loaded makes no island in a sync', async () => {
  const young = new LogKeeper(clock, async () => ({ ok: true, changes: [message(2, { ver: 101 }), message(101, { ver: 102 })], to: 102, more: false }), () => undefined);
  young.log.delta({ limited: true, page: range(51, 100), to: 100, more: true }, 100, 'me');
  young.expect(102);
  await clock.go(250);
  expect(young.log.firstLoaded).toBe(51);
  expect(young.log.newest).toBe(101);
});

test('a version that the server does not have after all is not asked for without end', async () => {
  answers = [{ ok: true, changes: [], to: 3, more: false }];
  keeper.expect(9);
  await clock.go(250);
  keeper.event(event(message(4)));
  await clock.go(60_000);
  expect(asked).toHaveLength(1);
});

test('a version that an answer named is fetched when it does not come', async () => {
  answers = [{ ok: true, changes: [message(4)], to: 4, more: false }];
  keeper.expect(4);
  await clock.go(250);
  expect(seqs()).toEqual([1, 2, 3, 4]);
  keeper.expect(4);
  await clock.go(60_000);
  expect(asked).toHaveLength(1);
});
