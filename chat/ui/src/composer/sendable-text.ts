import { drawsNothing } from '../text/characters';

/** The typed text without line breaks at its end; '' for a text that draws nothing. */
export function sendableText(typed: string): string {
  let end = 0;
  let at = 0;
  for (const line of typed.split('\n')) {
    at += line.length;
    if (!drawsNothing(line)) end = at;
    at += 1;
  }
  return typed.slice(0, end);
}
