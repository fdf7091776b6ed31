import { type ReadonlySignal, signal } from '@preact/signals';
import type { KeyValueStorage } from '../browser/key-value-storage';

/** The number of rooms that the page remembers. */
export const RECENT_ROOMS = 20;

const KEY = 'recent-rooms';

/** The rooms that the person visited last, newest first. This browser remembers them. */
export class RecentRooms {
  private readonly list;

  constructor(private readonly storage: KeyValueStorage) {
    this.list = signal<readonly string[]>(read(storage.get(KEY)));
  }

  get ids(): ReadonlySignal<readonly string[]> {
    return this.list;
  }

  visited(id: string): void {
    if (this.list.peek()[0] === id) return;
    this.list.value = [id, ...this.list.peek().filter((other) => other !== id)].slice(0, RECENT_ROOMS);
    this.storage.set(KEY, JSON.stringify(this.list.peek()));
  }

  clear(): void {
    this.list.value = [];
    this.storage.set(KEY, undefined);
  }
}

function read(stored: string | undefined): string[] {
  try {
    const ids: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, RECENT_ROOMS) : [];
  } catch {
    return [];
  }
}
