/** A colour for a person, the same on every browser: one of 24 hues, by FNV-1a over the id. */
export function hue(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return ((hash >>> 0) % 24) * 15;
}

const segmenter = new Intl.Segmenter();

export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), (s) => s.segment);
}

/** "Ada Lovelace" → "AL", "ada" → "A", "🦊 Fox" → "🦊". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = graphemes(words[0] ?? '')[0] ?? '?';
  const last = words.length > 1 ? graphemes(words.at(-1) ?? '')[0] : undefined;
  const letters = last && /\p{L}/u.test(first) && /\p{L}/u.test(last) ? first + last : first;
  return letters.toLocaleUpperCase();
}

/** One to six emoji and nothing else are shown bigger. */
export function onlyEmoji(text: string): boolean {
  return text.length <= 64 && /^(?:\p{RGI_Emoji}\s*)+$/v.test(text) && graphemes(text.replace(/\s/gu, '')).length <= 6;
}
