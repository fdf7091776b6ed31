import { texts } from '../language/language';
import { nameList } from '../text/name-list';
import type { Person, PresenceEvent } from '../net/contract';

/** Changes within this time are one notice. */
export const GATHER_MS = 12_000;
/** The number of recent changes that the page remembers. */
export const RECENT_LIMIT = 20;

/** The number of people that the page lists. */
export const PEOPLE_LIMIT = 1_000;

export interface PresenceChange {
  readonly id: string;
  readonly name: string;
  readonly joined: boolean;
  readonly at: number;
}

export interface Roster {
  readonly people: readonly Person[];
  /** The number of people online. The server may list fewer. */
  readonly count: number;
  /** Newest first. */
  readonly recent: readonly PresenceChange[];
}

export const EMPTY: Roster = { people: [], count: 0, recent: [] };

/** The list from `hello`. It adds no recent changes. */
export function snapshot(roster: Roster, people: readonly Person[], count: number): Roster {
  return { people: [...people].sort(byName), count: Math.max(count, people.length), recent: roster.recent };
}

export function applyPresence(roster: Roster, event: PresenceEvent, me: string, now: number): Roster {
  const people = new Map(roster.people.map((p) => [p.id, p]));
  const changes: PresenceChange[] = [];
  for (const p of event.left) {
    if (people.delete(p.id) && p.id !== me) changes.push({ ...p, joined: false, at: now });
  }
  for (const p of event.joined) {
    if (!people.has(p.id) && p.id !== me) changes.push({ ...p, joined: true, at: now });
    if (people.size < PEOPLE_LIMIT) people.set(p.id, p);
  }
  return {
    people: [...people.values()].sort(byName),
    count: event.count,
    recent: [...changes.reverse(), ...roster.recent].slice(0, RECENT_LIMIT),
  };
}

/** A person online has another name. */
export function renamed(roster: Roster, person: Person): Roster {
  const people = roster.people.map((p) => (p.id === person.id ? person : p));
  return { ...roster, people: people.sort(byName) };
}

/** One line for the changes within GATHER_MS, or undefined: "Ada and Bob joined · Eve left". */
export function notice(recent: readonly PresenceChange[], now: number): string | undefined {
  const last = new Map<string, PresenceChange>();
  for (const change of recent) if (now - change.at < GATHER_MS && !last.has(change.id)) last.set(change.id, change);
  const changes = [...last.values()].reverse();
  const joined = changes.filter((s) => s.joined).map((s) => s.name);
  const left = changes.filter((s) => !s.joined).map((s) => s.name);
  const parts = [
    joined.length > 0 ? texts.people.joined(nameList(joined), joined.length) : '',
    left.length > 0 ? texts.people.left(nameList(left), left.length) : '',
  ];
  return parts.filter((p) => p !== '').join(' · ') || undefined;
}

function byName(a: Person, b: Person): number {
  return a.name.localeCompare(b.name, undefined, { sensitivity: 'base', numeric: true }) || (a.id < b.id ? -1 : 1);
}
