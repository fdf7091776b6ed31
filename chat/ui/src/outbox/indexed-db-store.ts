import type { Database } from '../storage/database';
import type { Entry, EntryStore } from './entry';

/** The outbox in IndexedDB, keyed by `key`, shared by all tabs of this browser. */
export function indexedDbStore(db: Database): EntryStore {
  return {
    all: async () => (await db()).getAllFromIndex('operation', 'n') as Promise<Entry[]>,
    async add(entry) {
      const tx = (await db()).transaction('operation', 'readwrite');
      const last = await tx.store.index('n').openKeyCursor(null, 'prev');
      const kept: Entry = { ...entry, n: ((last?.key as number | undefined) ?? 0) + 1 };
      await Promise.all([tx.store.put(kept), tx.done]);
      return kept;
    },
    async put(entry) {
      await (await db()).put('operation', entry);
    },
    async remove(key) {
      await (await db()).delete('operation', key);
    },
  };
}
