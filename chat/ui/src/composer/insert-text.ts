/** Puts text in place of the selection. */
export function insertInto(text: string, from: number, to: number, inserted: string): { text: string; caret: number } {
  return { text: text.slice(0, from) + inserted + text.slice(to), caret: from + inserted.length };
}
