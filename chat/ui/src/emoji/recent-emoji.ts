import { type ReadonlySignal, signal } from '@preact/signals';
import type { KeyValueStorage } from '../browser/key-value-storage';

const KEY = 'emoji';
const MOST = 24;
/** For a person who has used none yet. */
const COMMON = ['👍', '❤️', '😂', '🎉', '👀', '🙏'];

/** The emoji that the person used last, newest first. This browser remembers them. */
export class RecentEmoji {
  private readonly used = signal<readonly string[]>([]);

  constructor(private readonly storage: KeyValueStorage) {
    this.used.value = (storage.get(KEY) ?? '')
      .split(' ')
      .filter((emoji) => emoji !== '')
      .slice(0, MOST);
  }

  get list(): ReadonlySignal<readonly string[]> {
    return this.used;
  }

  /** The emoji to offer without a search: recent ones, then common ones. */
  quick(count: number): string[] {
    return [...new Set([...this.used.value, ...COMMON])].slice(0, count);
  }

  use(emoji: string): void {
    this.used.value = [emoji, ...this.used.peek().filter((other) => other !== emoji)].slice(0, MOST);
    this.storage.set(KEY, this.used.peek().join(' '));
  }
}
