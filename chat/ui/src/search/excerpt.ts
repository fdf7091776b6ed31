/** A part of an excerpt; `hit`: it is one of the words that were searched for. */
export interface ExcerptPart {
  readonly text: string;
  readonly hit: boolean;
}

/** The text before the first hit that an excerpt shows. */
const BEFORE = 60;

/** The text around the first hit, in parts, so that the hits can be marked. */
export function excerpt(text: string, words: readonly string[]): readonly ExcerptPart[] {
  if (words.length === 0) return [{ text, hit: false }];
  const escaped = [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&'));
  const first = new RegExp(escaped.join('|'), 'iu').exec(text)?.index ?? 0;
  const from = first > BEFORE * 2 ? afterSpace(text, first - BEFORE) : 0;
  const parts = text.slice(from).split(new RegExp(`(${escaped.join('|')})`, 'giu'));
  return [
    ...(from > 0 ? [{ text: '…', hit: false }] : []),
    ...parts.map((part, i) => ({ text: part, hit: i % 2 === 1 })).filter((part) => part.text !== ''),
  ];
}

/** The beginning of a word, so that neither words nor surrogate pairs are cut; text without spaces is cut between characters. */
function afterSpace(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  if (space >= 0 && space < at + BEFORE / 2) return space + 1;
  return /[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at + 1 : at;
}
