import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Entry, EntryStore } from './entry';

interface Schema extends DBSchema {
  outbox: { key: string; value: Entry; indexes: { n: number } };
}

/** The outbox in IndexedDB, keyed by `cmid`, shared by all tabs of this browser. */
export function indexedStore(name = 'natter'): EntryStore {
  let opened: Promise<IDBPDatabase<Schema>> | undefined;
  const db = () =>
    (opened ??= openDB<Schema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('outbox', { keyPath: 'cmid' }).createIndex('n', 'n');
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      terminated: () => {
        opened = undefined;
      },
    }));
  return {
    all: async () => (await db()).getAllFromIndex('outbox', 'n'),
    async add(entry) {
      const tx = (await db()).transaction('outbox', 'readwrite');
      const last = await tx.store.index('n').openKeyCursor(null, 'prev');
      const kept: Entry = { ...entry, n: (last?.key ?? 0) + 1 };
      await Promise.all([tx.store.put(kept), tx.done]);
      return kept;
    },
    async put(entry) {
      await (await db()).put('outbox', entry);
    },
    async remove(cmid) {
      await (await db()).delete('outbox', cmid);
    },
  };
}
