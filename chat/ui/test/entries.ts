import type { Entry, EntryStore, SendEntry } from '../src/outbox/entry';

/** A message of Ada in the outbox. Its text is its `cmid`. */
export function sendEntry(cmid: string, more: Partial<SendEntry> = {}): SendEntry {
  return {
    op: 'send', id: cmid, key: cmid, cmid, room: 'general', owner: 'a', ownerName: 'Ada', text: cmid, at: 1, n: 0, state: 'queued', attempts: 0, ...more,
  }; // prettier-ignore
}

/** The text of a message, or the key of a change. */
export const shortly = (entry: Entry) =>
  entry.op === 'send' ? entry.text : entry.op === 'edit' ? `${entry.key} ${entry.text} on ${entry.baseVer}` : entry.key;

/** Keeps entries in memory, as IndexedDB does for all tabs. */
export class MemoryStore implements EntryStore {
  kept: Entry[] = [];
  broken = false;

  async all() {
    this.check();
    return [...this.kept];
  }

  async add(entry: Entry) {
    this.check();
    const n = Math.max(0, ...this.kept.map((e) => e.n)) + 1;
    this.kept = [...this.kept.filter((e) => e.key !== entry.key), { ...entry, n }];
    return { ...entry, n };
  }

  async put(entry: Entry) {
    this.check();
    this.kept = this.kept.map((e) => (e.key === entry.key ? entry : e));
  }

  async remove(key: string) {
    this.check();
    this.kept = this.kept.filter((e) => e.key !== key);
  }

  private check() {
    if (this.broken) throw new Error('no store');
  }
}
