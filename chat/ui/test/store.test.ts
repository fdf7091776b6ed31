import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Entry } from '../src/outbox/entry';
import { indexedStore } from '../src/outbox/store';

const entry = (cmid: string): Entry => ({
  cmid,
  room: 'general',
  owner: 'a',
  ownerName: 'Ada',
  text: cmid,
  at: 1,
  n: 0,
  state: 'queued',
  attempts: 0,
});

test('numbers entries in the order of writing and gives them back so, to every tab', async () => {
  const store = indexedStore('order');
  await Promise.all(['z', 'm', 'a'].map((id) => store.add(entry(id))));
  await indexedStore('order').add(entry('b'));
  expect((await store.all()).map((e) => [e.cmid, e.n])).toEqual([
    ['z', 1],
    ['m', 2],
    ['a', 3],
    ['b', 4],
  ]);
});

test('changes and removes by cmid', async () => {
  const store = indexedStore('change');
  const kept = await store.add(entry('a'));
  await store.add(entry('b'));
  await store.put({ ...kept, state: 'failed' });
  await store.remove('b');
  expect((await store.all()).map((e) => [e.cmid, e.state])).toEqual([['a', 'failed']]);
});
