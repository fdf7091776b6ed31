import type { Person } from '../net/contract';
import { names } from './roster';

/** Someone who typed is shown for so long. */
export const SHOWN_MS = 6_000;
/** One's own typing is told at most so often. */
export const TELL_MS = 3_000;

export type Typists = ReadonlyMap<string, { readonly name: string; readonly until: number }>;

export function typed(typists: Typists, who: Person, now: number): Typists {
  return new Map(typists).set(who.id, { name: who.name, until: now + SHOWN_MS });
}

/** What they wrote has arrived, so they do not type it any more. */
export function wrote(typists: Typists, id: string): Typists {
  if (!typists.has(id)) return typists;
  const next = new Map(typists);
  next.delete(id);
  return next;
}

export function stillTyping(typists: Typists, now: number): Typists {
  const next = new Map([...typists].filter(([, t]) => t.until > now));
  return next.size === typists.size ? typists : next;
}

export function typingLine(typists: Typists): string {
  const list = [...typists.values()].map((t) => t.name);
  if (list.length === 0) return '';
  if (list.length > 3) return 'Several people are typing…';
  return `${names(list)} ${list.length === 1 ? 'is' : 'are'} typing…`;
}
