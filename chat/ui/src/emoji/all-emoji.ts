import lines from 'virtual:emoji';
import { EmojiIndex, parseEmoji } from './emoji-list';

/** The names of emoji in languages other than English, each by the folder of its language. */
const local = import.meta.glob<{ emoji: string }>('../language/*/emoji.ts');

/** All emoji, with their names in a language. */
export async function allEmoji(language: string): Promise<EmojiIndex> {
  const names = await local[`../language/${language}/emoji.ts`]?.();
  return new EmojiIndex(parseEmoji(lines, names?.emoji));
}
