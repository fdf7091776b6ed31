import type { KeyValueStorage } from '../src/browser/key-value-storage';

/** Storage in memory. */
export class MemoryStorage implements KeyValueStorage {
  readonly kept = new Map<string, string>();
  get = (key: string) => this.kept.get(key);
  keys = () => [...this.kept.keys()];
  set = (key: string, value: string | undefined) => void (value === undefined ? this.kept.delete(key) : this.kept.set(key, value));
}
