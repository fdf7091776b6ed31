/** Small values that the browser keeps. Where it keeps none, reading gives undefined. */
export interface KeyValueStorage {
  get(key: string): string | undefined;
  /** Undefined removes the value. */
  set(key: string, value: string | undefined): void;
  keys(): string[];
}

const PREFIX = 'natter.';

/** `storage` is a function because a browser that blocks the storage throws on access. */
export function browserStorage(storage: () => Storage): KeyValueStorage {
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(storage());
    } catch {
      return undefined; // Full or blocked.
    }
  };
  return {
    get: (key) => attempt((s) => s.getItem(PREFIX + key)) ?? undefined,
    set: (key, value) => attempt((s) => (value === undefined ? s.removeItem(PREFIX + key) : s.setItem(PREFIX + key, value))),
    keys: () => {
      const keys = attempt((s) => Object.keys(s)) ?? [];
      return keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
    },
  };
}
