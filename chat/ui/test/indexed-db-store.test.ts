import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { indexedDbStore } from '../src/outbox/indexed-db-store';
import { database } from '../src/storage/database';
import { sendEntry } from './entries';

test('numbers entries in the order of writing and gives them back so, to every tab', async () => {
  const store = indexedDbStore(database('order'));
  await Promise.all(['z', 'm', 'a'].map((id) => store.add(sendEntry(id))));
  await indexedDbStore(database('order')).add(sendEntry('b'));
  expect((await store.all()).map((e) => [e.key, e.n])).toEqual([
    ['z', 1],
    ['m', 2],
    ['a', 3],
    ['b', 4],
  ]);
});

test('changes and removes by key', async () => {
  const store = indexedDbStore(database('change'));
  const kept = await store.add(sendEntry('a'));
  await store.add(sendEntry('b'));
  await store.put({ ...kept, state: 'failed' });
  await store.remove('b');
  expect((await store.all()).map((e) => [e.key, e.state])).toEqual([['a', 'failed']]);
});

test('keeps the messages of the first form of the database', async () => {
  const before = await openDB('first', 1, {
    upgrade: (db) => db.createObjectStore('outbox', { keyPath: 'cmid' }).createIndex('n', 'n'),
  });
  const { op: _op, id: _id, key: _key, ...message } = sendEntry('c1', { n: 7, text: 'hi' });
  await before.put('outbox', message);
  before.close();
  const db = database('first');
  expect(await indexedDbStore(db).all()).toEqual([sendEntry('c1', { n: 7, text: 'hi' })]);
  expect([...(await db()).objectStoreNames]).toEqual(['cache', 'draft', 'file', 'operation']);
});

test('replaces an operation with the same key, and puts it at the end', async () => {
  const store = indexedDbStore(database('replace'));
  const { cmid: _, ...tracked } = sendEntry('x');
  await store.add({ ...tracked, op: 'edit', key: 'edit/general/1', seq: 1, baseVer: 1, text: 'one' });
  await store.add(sendEntry('a'));
  await store.add({ ...tracked, op: 'edit', key: 'edit/general/1', seq: 1, baseVer: 1, text: 'two' });
  expect((await store.all()).map((e) => [e.key, e.n])).toEqual([
    ['a', 2],
    ['edit/general/1', 3],
  ]);
});
