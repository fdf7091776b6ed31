import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import { database } from '../src/storage/database';
import { type Owned, ownedRecords } from '../src/storage/owned-records';

interface Note extends Owned {
  readonly text: string;
}

const note = (owner: string, room: string, text: string): Note => ({ owner, room, text });

test('keeps one record for each person and room', async () => {
  const records = ownedRecords<Note>(database('one'), 'draft');
  await records.put(note('a', 'general', 'old'));
  await records.put(note('a', 'general', 'new'));
  await records.put(note('a', 'random', 'other'));
  await records.put(note('b', 'general', 'of Bob'));
  expect((await records.all()).map((r) => r.text)).toEqual(['new', 'other', 'of Bob']);
});

test('removes only a record that the condition accepts', async () => {
  const records = ownedRecords<Note>(database('condition'), 'draft');
  await records.put(note('a', 'general', 'of another tab'));
  await records.remove('a', 'general', (r) => r.text === 'mine');
  await records.remove('a', 'none');
  expect(await records.all()).toHaveLength(1);
  await records.remove('a', 'general', (r) => r.text === 'of another tab');
  expect(await records.all()).toEqual([]);
});

test('clears the records of one person only', async () => {
  const records = ownedRecords<Note>(database('clear'), 'cache');
  await records.put(note('a', '', 'heads'));
  await records.put(note('a', 'ÿ', 'last'));
  await records.put(note('ab', 'general', 'of another person'));
  await records.clear('a');
  expect((await records.all()).map((r) => r.owner)).toEqual(['ab']);
});

test('a database of the first version keeps its outbox', async () => {
  const first = await openDB('upgrade', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'cmid' }).createIndex('n', 'n');
    },
  });
  await first.put('outbox', { cmid: 'x', n: 1 });
  first.close();
  const db = database('upgrade');
  expect(await (await db()).getAllFromIndex('operation', 'n')).toEqual([{ cmid: 'x', n: 1, op: 'send', id: 'x', key: 'x' }]);
  await ownedRecords<Note>(db, 'cache').put(note('a', 'general', 'new'));
});
