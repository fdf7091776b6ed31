import { texts } from '../language/language';
import type { Person, Refusal } from '../net/contract';
import { type Entry, MEMORY_ONLY } from './entry';

const otherSession = (): Pick<Refusal, 'code' | 'message'> => ({ code: 'other_session', message: texts.composer.earlierSession });

export interface MergeInput {
  readonly owner: Person;
  /** The entries of this tab. */
  readonly own: readonly Entry[];
  /** The entries of all tabs of this browser. */
  readonly stored: readonly Entry[];
  /** Ids of the stored entries that this tab knew before it read the store. */
  readonly knownBefore: ReadonlySet<string>;
}

/** The outbox of one person from the entries of this tab and of the store, in order of writing. */
export function mergeStored({ owner, own, stored, knownBefore }: MergeInput): Entry[] {
  const rest = new Map(own.map((e) => [e.id, e]));
  // A new operation of this tab is about to replace the stored one with its key.
  const replaced = new Set(own.filter((e) => e.n === 0).map((e) => e.key));
  const merged: Entry[] = [];
  for (const kept of stored) {
    const entry = adopt(kept, owner);
    const mine = rest.get(kept.id);
    rest.delete(kept.id);
    // An entry that was known before and is gone here was sent or removed while the store was read.
    if (!mine && replaced.has(kept.key)) continue;
    if (entry && (mine || !knownBefore.has(kept.id))) merged.push(newer(mine, entry));
  }
  for (const entry of rest.values()) {
    if (!knownBefore.has(entry.id) || entry.state === 'sent') merged.push(entry);
    // Gone from the store: another tab has sent it, and its message is about to arrive.
    else if (entry.op === 'send' && entry.state !== 'failed') merged.push({ ...entry, state: 'sent' });
  }
  return merged.sort(byOrder);
}

/** Has the store given this entry its place? */
export const isStored = (entry: Entry) => entry.n > 0 && entry.n !== MEMORY_ONLY;

/**
 * Messages of an earlier session of the same person wait for a decision. Other entries of that session are left out:
 * the messages that they change belong to that session. Entries of other persons are left out.
 */
function adopt(entry: Entry, owner: Person): Entry | undefined {
  if (entry.owner !== owner.id) {
    if (entry.ownerName !== owner.name || entry.op !== 'send') return undefined;
    return { ...entry, owner: owner.id, state: 'failed', reason: otherSession() };
  }
  return entry.state === 'failed' ? entry : { ...entry, state: 'queued' };
}

/** This tab knows more about its own attempts than the store. Failures and retries of other tabs come from the store. */
function newer(mine: Entry | undefined, kept: Entry): Entry {
  if (!mine || mine.state === 'failed') return kept;
  return kept.state === 'failed' && mine.state !== 'sent' ? kept : { ...mine, n: kept.n };
}

/** Entries without a place yet are the newest. */
function byOrder(a: Entry, b: Entry): number {
  return (a.n || MEMORY_ONLY) - (b.n || MEMORY_ONLY) || a.at - b.at;
}
