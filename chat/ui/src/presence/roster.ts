import type { Person, PresenceEvent } from '../net/contract';

/** Comings and goings nearer together than this are one line. */
export const GATHER_MS = 12_000;
/** The last comings and goings that are remembered, for as long as the page is open. */
export const LATELY = 20;

export interface Step {
  readonly id: string;
  readonly name: string;
  readonly came: boolean;
  readonly at: number;
}

export interface Roster {
  readonly people: readonly Person[];
  /** People online, which may be more than the server lists. */
  readonly count: number;
  /** Newest first. */
  readonly lately: readonly Step[];
}

export const EMPTY: Roster = { people: [], count: 0, lately: [] };

/** A fresh list from `hello`: comings and goings meanwhile are not told, they were not seen. */
export function snapshot(roster: Roster, people: readonly Person[], count: number): Roster {
  return { people: [...people].sort(byName), count: Math.max(count, people.length), lately: roster.lately };
}

export function change(roster: Roster, event: PresenceEvent, me: string, now: number): Roster {
  const people = new Map(roster.people.map((p) => [p.id, p]));
  const steps: Step[] = [];
  for (const p of event.left) {
    if (people.delete(p.id) && p.id !== me) steps.push({ ...p, came: false, at: now });
  }
  for (const p of event.joined) {
    if (!people.has(p.id) && p.id !== me) steps.push({ ...p, came: true, at: now });
    people.set(p.id, p);
  }
  return {
    people: [...people.values()].sort(byName),
    count: event.count,
    lately: [...steps.reverse(), ...roster.lately].slice(0, LATELY),
  };
}

/** One line for what happened within GATHER_MS, or undefined when that is over: "Ada and Bob came in · Eve left". */
export function notice(lately: readonly Step[], now: number): string | undefined {
  const last = new Map<string, Step>();
  for (const step of lately) if (now - step.at < GATHER_MS && !last.has(step.id)) last.set(step.id, step);
  const steps = [...last.values()].reverse();
  const came = steps.filter((s) => s.came).map((s) => s.name);
  const left = steps.filter((s) => !s.came).map((s) => s.name);
  const parts = [came.length > 0 ? `${names(came)} came in` : '', left.length > 0 ? `${names(left)} left` : ''];
  return parts.filter((p) => p !== '').join(' · ') || undefined;
}

/** "Ada", "Ada and Bob", "Ada, Bob and 3 others". */
export function names(list: readonly string[]): string {
  const [first = '', second = '', third] = list;
  if (list.length <= 1) return first;
  if (list.length === 2) return `${first} and ${second}`;
  if (list.length === 3) return `${first}, ${second} and ${third}`;
  return `${first}, ${second} and ${list.length - 2} others`;
}

function byName(a: Person, b: Person): number {
  return a.name.localeCompare(b.name, undefined, { sensitivity: 'base', numeric: true }) || (a.id < b.id ? -1 : 1);
}
