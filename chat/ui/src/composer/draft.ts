import { signal } from '@preact/signals';
import { draft, keepDraft } from '../app/local';

/** What stands in the composer, per room, kept over reloads. */
const drafts = new Map<string, ReturnType<typeof signal<string>>>();

/** Rises when the composer should take the focus. */
export const focusComposer = signal(0);

export function textOf(room: string) {
  let text = drafts.get(room);
  if (!text) drafts.set(room, (text = signal<string>(draft(room))));
  return text;
}

export function write(room: string, text: string): void {
  textOf(room).value = text;
  keepDraft(room, text);
}

/** A message that was not sent comes back for changing; what is being written stays below it. */
export function takeBack(room: string, text: string): void {
  const now = textOf(room).value ?? '';
  write(room, now === '' ? text : `${text}\n${now}`);
  focusComposer.value++;
}
