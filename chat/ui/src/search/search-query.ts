import { lateTexts, texts } from '../language/language';
import { midnight } from '../time/date-format';

export type Has = 'file' | 'image' | 'link';

/** The text of the search field: parts of words, and filters. */
export interface SearchText {
  /** The parts of words. */
  readonly words: readonly string[];
  /** A name, or "me". */
  readonly from?: string;
  /** The name or the slug of a room, or of a person for direct messages. */
  readonly in?: string;
  /** Only before the beginning of this day. */
  readonly before?: number;
  /** Only from the beginning of this day on. */
  readonly after?: number;
  readonly has: readonly Has[];
  /** Why a filter cannot be used, as a sentence. */
  readonly problem?: string;
}

const PART = /(from|in|before|after|has):(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+)/giu;
const HAS: readonly string[] = ['file', 'image', 'link'] satisfies Has[];

/** Reads `from:Ada in:#general before:2026-03-31 after:today has:image words`. A value with spaces stands in quotes. */
export function parseSearch(typed: string, now: number): SearchText {
  const words: string[] = [];
  const has: Has[] = [];
  const found: { -readonly [K in keyof SearchText]?: SearchText[K] } = {};
  for (const [, filter, quoted, bare, phrase, word] of typed.matchAll(PART)) {
    const value = (quoted ?? bare ?? phrase ?? word ?? '').trim();
    const kind = filter?.toLowerCase();
    if (kind === undefined) words.push(...value.split(/\s+/u).filter((word) => word !== ''));
    // A filter that is still being typed.
    else if (value === '') continue;
    else if (kind === 'from') found.from = value.replace(/^@/u, '');
    else if (kind === 'in') found.in = value.replace(/^[#@]/u, '');
    else if (kind === 'has') {
      const wanted = value.toLowerCase().replace(/s$/u, '');
      if (HAS.includes(wanted)) has.push(wanted as Has);
      else found.problem = lateTexts.search.badHas(value);
    } else {
      const day = parseDay(value.toLowerCase(), now);
      if (day === undefined) found.problem = lateTexts.search.badDay(kind);
      else if (kind === 'before') found.before = day;
      else found.after = day;
    }
  }
  return { ...found, words, has: [...new Set(has)] };
}

/** Is there something to search for? */
export const isSearchable = ({ words, has, from, in: room, before, after }: SearchText) =>
  words.length + has.length > 0 || [from, room, before, after].some((filter) => filter !== undefined);

/** The midnight at which a day begins, in the reader's time zone. */
function parseDay(text: string, now: number): number | undefined {
  const { today, yesterday } = texts.time;
  if (text === 'today' || text === today.toLowerCase()) return midnight(now);
  if (text === 'yesterday' || text === yesterday.toLowerCase()) return midnight(now, -1);
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  return date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) ? date.getTime() : undefined;
}

/** The text with a filter at its end; a filter that is there already is taken away. */
export function withFilter(typed: string, filter: string): string {
  const parts = typed.split(/\s+/u).filter((part) => part !== '');
  if (!filter.endsWith(':') && parts.includes(filter)) return parts.filter((part) => part !== filter).join(' ');
  return [...parts, filter].join(' ');
}
