import { type IDBPDatabase, openDB, unwrap } from 'idb';

/** Opens the database at the first call, and again after the browser closed it. */
export type Database = () => Promise<IDBPDatabase>;

const VERSION = 4;

/**
 * The page's IndexedDB, shared by all tabs of this browser. `operation` is the outbox, `file` the content of its files. `draft` and `cache` are
 * keyed by the person and the room, so that no person reads what another one left.
 */
export function database(name = 'natter'): Database {
  let opened: Promise<IDBPDatabase> | undefined;
  const forget = () => {
    opened = undefined;
  };
  return () =>
    (opened ??= openDB(name, VERSION, {
      upgrade(db, before, _version, transaction) {
        if (before < 1) db.createObjectStore('outbox', { keyPath: 'cmid' }).createIndex('n', 'n');
        if (before < 2) {
          db.createObjectStore('draft', { keyPath: ['owner', 'room'] });
          db.createObjectStore('cache', { keyPath: ['owner', 'room'] });
        }
        if (before < 3) {
          db.createObjectStore('operation', { keyPath: 'key' }).createIndex('n', 'n');
          moveMessages(unwrap(transaction));
        }
        if (before < 4) db.createObjectStore('file', { keyPath: 'token' });
      },
      // A tab with a newer page waits for this connection.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    }));
}

/** The outbox was a store of messages, keyed by `cmid`. Now a message is one kind of operation. */
function moveMessages(transaction: IDBTransaction): void {
  const reading: IDBRequest<{ readonly cmid: string }[]> = transaction.objectStore('outbox').getAll();
  reading.onsuccess = () => {
    const operations = transaction.objectStore('operation');
    for (const message of reading.result) operations.put({ ...message, op: 'send', id: message.cmid, key: message.cmid });
    transaction.db.deleteObjectStore('outbox');
  };
}
