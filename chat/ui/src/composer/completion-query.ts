/** The word before the caret that the composer can complete. */
export interface CompletionQuery {
  readonly kind: 'person' | 'emoji';
  readonly query: string;
  /** Where the word begins in the text, with its @ or colon. */
  readonly from: number;
  readonly to: number;
}

const LONGEST_NAME = 32;
const PERSON = /(?:^|[\s([{"'>*_~])@([^\n@]{0,32})$/u;
const EMOJI = /(?:^|[^\p{L}\p{N}:])(:[\p{L}0-9_+-]{2,32})$/iu;

export function completionQuery(text: string, caret: number): CompletionQuery | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST_NAME - 8), caret);
  const emoji = EMOJI.exec(before)?.[1];
  if (emoji !== undefined) return { kind: 'emoji', query: emoji.slice(1), from: caret - emoji.length, to: caret };
  const person = PERSON.exec(before)?.[1];
  if (person === undefined || person.startsWith(' ') || person.includes('  ')) return undefined;
  return { kind: 'person', query: person, from: caret - person.length - 1, to: caret };
}
