/** All emoji with their names. They are loaded when the person needs them, because they are many. */

export interface Emoji {
  readonly emoji: string;
  /** The name to show. */
  readonly title: string;
  /** Shortcodes without colons, first that of the person's language. */
  readonly names: readonly [string, ...string[]];
  /** Further words for the search. */
  readonly words: readonly string[];
}

export interface EmojiGroup {
  readonly name: string;
  readonly emoji: readonly Emoji[];
}

const split = (text: string) => (text === '' ? [] : text.split(' '));

/**
 * Reads the lines that the build makes: a group's name, or an emoji, its names and words, separated by tabs. A flag is
 * the letters of its country. A line of `local` is an emoji, its name in another language and further words.
 */
export function parseEmoji(lines: string, local = ''): EmojiGroup[] {
  const groups: { name: string; emoji: Emoji[] }[] = [];
  const translated = new Map(local.split('\n').map((line) => [line.split('\t', 1)[0], line.split('\t')]));
  for (const line of lines.split('\n')) {
    const [sign = '', names, words = ''] = line.split('\t');
    if (names === undefined) {
      groups.push({ name: sign, emoji: [] });
      continue;
    }
    const emoji = /^[a-z]{2}$/.test(sign) ? flag(sign) : sign;
    const [name = '', ...others] = names.split(' ');
    const [, title, more = ''] = translated.get(emoji) ?? [];
    groups.at(-1)?.emoji.push({
      emoji,
      title: title ?? name.replaceAll('_', ' '),
      names: title === undefined ? [name, ...others] : [shortcode(title), name, ...others],
      words: [...split(words), ...split(more)],
    });
  }
  return groups;
}

/** The flag of "de": each letter as its sign. */
const flag = (letters: string) => String.fromCodePoint(...[...letters].map((letter) => letter.charCodeAt(0) + 0x1f1e6 - 97));

/** "Rotes Herz" becomes "rotes_herz". */
const shortcode = (title: string) => title.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join('_') ?? title;

/** Finds emoji by parts of their names and words: names that begin with the query first. */
export class EmojiIndex {
  private readonly byName = new Map<string, string>();
  private readonly byEmoji = new Map<string, string>();

  constructor(readonly groups: readonly EmojiGroup[]) {
    for (const { emoji, title, names } of this.all()) {
      this.byEmoji.set(emoji, title);
      for (const name of names.slice(1)) this.byName.set(name, emoji);
    }
    // A first name may be of the person's language. Others would read a shortcode of theirs as another emoji then.
    for (const { emoji, names } of this.all()) if (!this.byName.has(names[0])) this.byName.set(names[0], emoji);
  }

  /** The emoji of a shortcode without colons. */
  find(name: string): string | undefined {
    return this.byName.get(name);
  }

  /** The name of an emoji, in words. */
  nameOf(emoji: string): string | undefined {
    return this.byEmoji.get(emoji);
  }

  search(query: string, most: number): Emoji[] {
    const wanted = compact(query.trim().toLowerCase());
    if (wanted === '') return [];
    const ranked: Emoji[][] = [[], [], [], []];
    for (const emoji of this.all()) {
      const rank = rankOf(emoji, wanted);
      if (rank !== undefined) ranked[rank]?.push(emoji);
    }
    return ranked.flat().slice(0, most);
  }

  private all(): Emoji[] {
    return this.groups.flatMap((group) => group.emoji);
  }
}

function rankOf({ names, words }: Emoji, wanted: string): number | undefined {
  if (names.some((name) => compact(name) === wanted)) return 0;
  if (names.some((name) => compact(name).startsWith(wanted))) return 1;
  if (names.some((name) => name.includes(`_${wanted}`)) || words.some((word) => word.startsWith(wanted))) return 2;
  return names.some((name) => compact(name).includes(wanted)) ? 3 : undefined;
}

/** "thumbs up", "thumbs_up" and "thumbsup" are the same name. */
function compact(name: string): string {
  return name.length > 1 ? name.replaceAll(/[\s_-]/g, '') : name;
}
