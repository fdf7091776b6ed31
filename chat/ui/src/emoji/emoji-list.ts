/** All emoji with their names. They are loaded when the person needs them, because they are many. */

export interface Emoji {
  readonly emoji: string;
  /** Shortcodes without colons; the first one is the name to show. */
  readonly names: readonly [string, ...string[]];
  /** Further words for the search. */
  readonly words: readonly string[];
}

export interface EmojiGroup {
  readonly name: string;
  readonly emoji: readonly Emoji[];
}

/** Reads the lines that the build makes: a group's name, or an emoji, its names and words, separated by tabs. */
export function parseEmoji(lines: string): EmojiGroup[] {
  const groups: { name: string; emoji: Emoji[] }[] = [];
  for (const line of lines.split('\n')) {
    const [emoji = '', names, words = ''] = line.split('\t');
    if (names === undefined) {
      groups.push({ name: emoji, emoji: [] });
      continue;
    }
    const [name = '', ...others] = names.split(' ');
    groups.at(-1)?.emoji.push({ emoji, names: [name, ...others], words: words === '' ? [] : words.split(' ') });
  }
  return groups;
}

/** Finds emoji by parts of their names and words: names that begin with the query first. */
export class EmojiIndex {
  private readonly byName = new Map<string, string>();
  private readonly byEmoji = new Map<string, string>();

  constructor(readonly groups: readonly EmojiGroup[]) {
    for (const { emoji, names } of this.all()) {
      this.byEmoji.set(emoji, names[0]);
      for (const name of names) this.byName.set(name, emoji);
    }
  }

  /** The emoji of a shortcode without colons. */
  find(name: string): string | undefined {
    return this.byName.get(name);
  }

  /** The first name of an emoji, in words. */
  nameOf(emoji: string): string | undefined {
    return this.byEmoji.get(emoji)?.replaceAll('_', ' ');
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
