import lines from 'virtual:emoji';
import { EmojiIndex, parseEmoji } from './emoji-list';

/** The names of emoji in languages other than English, each by the folder of its language. */
const local = import.meta.glob<{ names: string }>('../language/*/emoji-names.ts');

/** All emoji, with their names in a language. */
export async function allEmoji(language: string): Promise<EmojiIndex> {
  const translated = await local[`../language/${language}/emoji-names.ts`]?.();
  return new EmojiIndex(parseEmoji(lines, translated?.names));
}
