import type { Message } from '../net/contract';
import type { ChangeEntry, Entry, SendEntry } from '../outbox/entry';

/** One's own messages of a room that are not in its log yet. */
export function pendingMessages(
  entries: readonly Entry[],
  room: string,
  messages: readonly Message[],
  me: string,
): SendEntry[] {
  const here = entries.filter((e): e is SendEntry => e.room === room && e.op === 'send');
  if (here.length === 0) return here;
  const known = new Set(messages.filter((m) => m.sender.id === me).map((m) => m.cmid));
  return here.filter((e) => !known.has(e.cmid));
}

/** One's own changes of messages of a room, by `seq`. */
export function pendingChanges(entries: readonly Entry[], room: string): ReadonlyMap<number, readonly ChangeEntry[]> {
  const changes = new Map<number, ChangeEntry[]>();
  for (const entry of entries) {
    if (entry.room !== room || entry.op === 'send') continue;
    const known = changes.get(entry.seq);
    if (known) known.push(entry);
    else changes.set(entry.seq, [entry]);
  }
  return changes;
}
