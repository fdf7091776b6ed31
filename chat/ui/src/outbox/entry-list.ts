import type { Entry, EntryStore } from './entry';
import { MEMORY_ONLY } from './entry';

/** The entries of this tab, and their copies in the store. */
export class EntryList {
  entries: readonly Entry[] = [];

  /** `changed(true)`: the store changed too, so other tabs should read it again. */
  constructor(
    private readonly kept: EntryStore,
    private readonly changed: (stored: boolean) => void,
  ) {}

  find(id: string): Entry | undefined {
    return this.entries.find((e) => e.id === id);
  }

  set(entries: readonly Entry[]): void {
    this.entries = entries;
    this.changed(false);
  }

  /** All entries of the store; undefined when it does not answer. */
  read(): Promise<Entry[] | undefined> {
    return this.kept.all().catch(() => undefined);
  }

  /** Adds an entry instead of the one with its key. Resolves when it is stored, or when it cannot be stored. */
  async add(entry: Entry): Promise<void> {
    this.set([...this.entries.filter((e) => e.key !== entry.key), entry]);
    try {
      const { n } = await this.kept.add(entry);
      this.update(entry.id, { n });
    } catch {
      // Without a store (private window, full disk) the entry is sent from memory.
      this.update(entry.id, { n: MEMORY_ONLY });
    }
    this.changed(true);
  }

  update(id: string, change: Partial<Entry>): void {
    const entry = this.find(id);
    if (entry) this.replace({ ...entry, ...change } as Entry);
  }

  replace(entry: Entry): void {
    this.set(this.entries.map((e) => (e.id === entry.id ? entry : e)));
  }

  remove(id: string): void {
    const entry = this.find(id);
    if (!entry) return;
    this.set(this.entries.filter((e) => e !== entry));
    this.unstore(entry);
  }

  /** Stores the present form of an entry. */
  store(id: string): void {
    const entry = this.find(id);
    if (entry) this.tellOtherTabsAfter(this.kept.put(entry));
  }

  unstore({ key }: Entry): void {
    this.tellOtherTabsAfter(this.kept.remove(key));
  }

  private tellOtherTabsAfter(change: Promise<void>): void {
    void change.catch(() => undefined).then(() => this.changed(true));
  }
}
