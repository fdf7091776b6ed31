import type { Message } from '../net/contract';
import type { EditEntry, Entry } from './entry';
import type { EntryList } from './entry-list';

/** Keeps edits of one's own messages free of conflicts with one's own earlier edits. */

/** The server stored this entry: a later edit of the same message builds on it. */
export function rebaseOnOwn(list: EntryList, { op, room, ...done }: Entry, ver: number): void {
  if (op !== 'edit') return;
  for (const entry of list.entries) {
    if (entry.id === done.id || entry.op !== 'edit' || entry.room !== room || entry.seq !== (done as EditEntry).seq)
      continue;
    list.update(entry.id, { baseVer: Math.max(entry.baseVer, ver) });
    list.store(entry.id);
  }
}

/**
 * The server refused an edit because the message has this form. True when that form is one's own earlier edit, whose
 * answer was lost: the edit is queued again on top of it.
 */
export function rebase(list: EntryList, id: string, message: Message): boolean {
  const entry = list.find(id);
  if (
    entry?.op !== 'edit' ||
    message.deleted === true ||
    entry.earlier !== message.text ||
    entry.baseVer >= message.ver
  )
    return false;
  list.update(id, { state: 'queued', baseVer: message.ver });
  list.store(id);
  return true;
}

/** The text of an earlier edit that may have reached the server, for the edit that replaces it. */
export function earlierText(replaced: Entry | undefined): string | undefined {
  if (replaced?.op !== 'edit') return undefined;
  return replaced.state === 'sending' || replaced.attempts > 0 ? replaced.text : replaced.earlier;
}
