import { type ReadonlySignal, signal } from '@preact/signals';
import { EmojiIndex, parseEmoji } from './emoji-list';

const loaded = signal<EmojiIndex | undefined>(undefined);
let loading: Promise<EmojiIndex | undefined> | undefined;

/** All emoji; undefined until they are loaded. */
export const emojiIndex: ReadonlySignal<EmojiIndex | undefined> = loaded;

/** Loads all emoji once. A failed attempt is repeated by the next call. */
export function loadEmoji(): Promise<EmojiIndex | undefined> {
  return (loading ??= import('virtual:emoji').then(
    ({ default: lines }) => (loaded.value = new EmojiIndex(parseEmoji(lines))),
    () => {
      loading = undefined;
      return undefined;
    },
  ));
}
