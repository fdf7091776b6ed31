import { beforeEach, expect, test } from 'vitest';
import type { KeptMessages } from '../src/room/room-messages';
import { type CacheRecord, KEPT_ROOMS, RoomCache, WRITE_MS, WRITE_SOON_MS } from '../src/store/room-cache';
import { ManualClock, settle } from './manual-clock';
import { MemoryRecords } from './memory-records';
import { ada, bob, head, range } from './messages';

const kept: KeptMessages = { ver: 3, messages: range(1, 3) };

let clock: ManualClock;
let records: MemoryRecords<CacheRecord>;

beforeEach(() => {
  clock = new ManualClock();
  records = new MemoryRecords();
});

function open(): RoomCache {
  return new RoomCache(records, clock, { heads: () => [head('general', 3)], kept: () => kept });
}

async function written(rooms = ['general']): Promise<RoomCache> {
  const cache = open();
  await cache.begin(ada);
  cache.setEpoch('e1');
  cache.headsChanged();
  for (const room of rooms) {
    cache.roomChanged(room);
    await clock.go(WRITE_MS);
  }
  return cache;
}

test('gives the next visit the heads and messages of the person', async () => {
  await written();
  const cache = open();
  expect(await cache.begin(ada)).toEqual({ epoch: 'e1', heads: [head('general', 3)] });
  expect(cache.kept('general')).toEqual(kept);
  expect(cache.kept('random')).toBeUndefined();
});

test('writes the first change soon, and then once a second', async () => {
  const cache = open();
  await cache.begin(ada);
  cache.setEpoch('e1');
  cache.roomChanged('general');
  await clock.go(WRITE_SOON_MS);
  expect(records.kept.size).toBe(1);
  cache.roomChanged('random');
  await clock.go(WRITE_MS - 1);
  expect(records.kept.size).toBe(1);
  await clock.go(1);
  expect(records.kept.size).toBe(2);
});

test('another person gets nothing, and what was kept is gone', async () => {
  await written();
  const cache = open();
  expect(await cache.begin(bob)).toBeUndefined();
  expect(cache.kept('general')).toBeUndefined();
  await settle();
  expect(records.kept.size).toBe(0);
});

test('a person who leaves takes everything along', async () => {
  const cache = await written();
  cache.roomChanged('general');
  cache.clear();
  await clock.go(WRITE_MS);
  expect(records.kept.size).toBe(0);
});

test('another database makes the kept rooms worthless', async () => {
  const cache = await written();
  cache.setEpoch('e2');
  expect(cache.kept('general')).toBeUndefined();
  await settle();
  expect(records.kept.size).toBe(0);
});

test('keeps the rooms that changed last', async () => {
  await written(Array.from({ length: KEPT_ROOMS + 1 }, (_, i) => `r${i}`));
  await settle();
  const rooms = [...records.kept.values()].map((record) => record.room);
  expect(rooms).toHaveLength(KEPT_ROOMS + 1);
  expect(rooms).not.toContain('r0');
  expect(rooms).toContain('');
});

test('works from memory when the browser stores nothing', async () => {
  records.all = () => Promise.reject(new Error('blocked'));
  records.put = () => Promise.reject(new Error('blocked'));
  const cache = await written();
  expect(cache.kept('general')).toEqual(kept);
});
