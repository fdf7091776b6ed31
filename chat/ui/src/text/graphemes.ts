const segmenter = new Intl.Segmenter();

export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), (s) => s.segment);
}

/** More combining marks than any language needs; they would cover the text around them. */
const STACKED = /(\p{M}{2})\p{M}+/gu;

/** "Ada Lovelace" → "AL", "ada" → "A", "🦊 Fox" → "🦊". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = graphemes(words[0] ?? '')[0] ?? '?';
  const last = words.length > 1 ? graphemes(words.at(-1) ?? '')[0] : undefined;
  const letters = last && /\p{L}/u.test(first) && /\p{L}/u.test(last) ? first + last : first;
  return letters.toLocaleUpperCase().replace(STACKED, '$1');
}

/** One to six emoji and nothing else are shown bigger. */
export function onlyEmoji(text: string): boolean {
  return text.length <= 64 && /^(?:\p{RGI_Emoji}\s*)+$/v.test(text) && graphemes(text.replace(/\s/gu, '')).length <= 6;
}
