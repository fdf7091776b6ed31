import type { Database } from './database';

/** A record of one person and one room. */
export interface Owned {
  readonly owner: string;
  readonly room: string;
}

/** Records of each person and room. Every method may fail; the page then works from memory. */
export interface OwnedRecords<T extends Owned> {
  /** The records of all persons. */
  all(): Promise<T[]>;
  put(record: T): Promise<void>;
  /** Removes the record, if there is one that `condition` accepts. */
  remove(owner: string, room: string, condition?: (record: T) => boolean): Promise<void>;
  /** Removes all records of a person. */
  clear(owner: string): Promise<void>;
}

export function ownedRecords<T extends Owned>(db: Database, store: 'draft' | 'cache'): OwnedRecords<T> {
  return {
    all: async () => (await db()).getAll(store) as Promise<T[]>,
    async put(record) {
      await (await db()).put(store, record);
    },
    async remove(owner, room, condition) {
      const tx = (await db()).transaction(store, 'readwrite');
      const record = (await tx.store.get([owner, room])) as T | undefined;
      if (record && (condition?.(record) ?? true)) await tx.store.delete([owner, room]);
      await tx.done;
    },
    async clear(owner) {
      // An array sorts after every string, so this covers every room of the person.
      await (await db()).delete(store, IDBKeyRange.bound([owner], [owner, []]));
    },
  };
}
