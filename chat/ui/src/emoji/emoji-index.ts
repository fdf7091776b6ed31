import { type ReadonlySignal, signal } from '@preact/signals';
import { shownLanguage } from '../language/language';
import type { EmojiIndex } from './emoji-list';

const loaded = signal<EmojiIndex | undefined>(undefined);
let loading: Promise<EmojiIndex | undefined> | undefined;
let language: string | undefined;

/** All emoji; undefined until they are loaded. */
export const emojiIndex: ReadonlySignal<EmojiIndex | undefined> = loaded;

/** Loads all emoji once for each language. A failed attempt is repeated by the next call. */
export function loadEmoji(): Promise<EmojiIndex | undefined> {
  const tag = shownLanguage.peek();
  if (tag !== language) loading = undefined;
  language = tag;
  return (loading ??= import('./all-emoji')
    .then(({ allEmoji }) => allEmoji(tag))
    .then(
      (index) => (loaded.value = index),
      () => {
        loading = undefined;
        return undefined;
      },
    ));
}
