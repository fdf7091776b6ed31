import { inWord } from './characters';
import { codeSpans } from './code-spans';

const SHORTCODE = /:([\p{Ll}0-9_+-]{1,40}):/gu;

/** Puts emoji in place of known shortcodes, outside of code. */
export function withEmoji(text: string, find: (name: string) => string | undefined): string {
  let out = '';
  let at = 0;
  const replaced = (part: string) =>
    part.replace(SHORTCODE, (whole, name: string, index: number) =>
      inWord(part.charAt(index - 1)) ? whole : (find(name) ?? whole),
    );
  for (const { from, to } of codeSpans(text)) {
    out += replaced(text.slice(at, from)) + text.slice(from, to);
    at = to;
  }
  return out + replaced(text.slice(at));
}
