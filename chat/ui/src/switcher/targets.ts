import { lateTexts, texts } from '../language/language';
import type { FoundRoom, Person } from '../net/contract';
import type { Room } from '../room/room';
import { fuzzyScore } from './fuzzy';

/** Something that the quick switcher goes to. */
export type Target =
  | { readonly kind: 'room'; readonly key: string; readonly name: string; readonly room: Room }
  | { readonly kind: 'person'; readonly key: string; readonly name: string; readonly person: Person }
  /** A public room that the person has not joined. */
  | { readonly kind: 'join'; readonly key: string; readonly name: string; readonly found: FoundRoom }
  /** A page of the person. */
  | { readonly kind: 'mentions' | 'saved' | 'scheduled'; readonly key: string; readonly name: string }
  /** The search for messages, with a text to begin with. */
  | { readonly kind: 'search'; readonly key: string; readonly name: string; readonly text: string };

export interface TargetsInput {
  readonly query: string;
  readonly rooms: readonly Room[];
  /** Ids of the rooms visited last, newest first. */
  readonly recent: readonly string[];
  readonly current: string | undefined;
  readonly people: readonly Person[];
  readonly found: readonly FoundRoom[];
  readonly me: string;
}

/** The most targets in the list. */
const LISTED = 20;
/** A room in use is more likely wanted than a person or an unknown room with the same score. */
const RECENT_BONUS = 40;

/** After "/" the search alone. Without a query unread rooms and the last visited ones; otherwise what fits the query, best first, and the search at the end. */
export function targets(input: TargetsInput): readonly Target[] {
  const typed = input.query.trim();
  if (typed.startsWith('/')) return [searchTarget(typed.slice(1).trim())];
  const found = places(input);
  return typed === '' ? found : [...found, searchTarget(typed)];
}

function places(input: TargetsInput): readonly Target[] {
  const rooms = input.rooms.filter((room) => !room.info.archived.value).map(roomTarget);
  const age = new Map(input.recent.map((id, at) => [id, at]));
  if (input.query.trim() === '') {
    const others = rooms.filter(({ room }) => room.id !== input.current);
    const rank = (room: Room) =>
      (room.mentions.value > 0 ? -2000 : room.unread.value > 0 && room.info.level.value !== 'none' ? -1000 : 0) + (age.get(room.id) ?? 500);
    return others.sort((a, b) => rank(a.room) - rank(b.room)).slice(0, LISTED);
  }
  const inDirect = new Set(rooms.flatMap(({ room }) => (room.info.kind.value === 'direct' ? room.info.people.value.map((p) => p.id) : [])));
  const all: Target[] = [
    ...rooms,
    { kind: 'mentions', key: 'mentions', name: texts.common.mentions },
    { kind: 'saved', key: 'saved', name: lateTexts.personal.savedName },
    { kind: 'scheduled', key: 'scheduled', name: lateTexts.personal.scheduledName },
    ...input.people
      .filter((person) => person.id !== input.me && !inDirect.has(person.id))
      .map((person): Target => ({ kind: 'person', key: person.id, name: person.name, person })),
    ...input.found
      .filter((found) => !found.joined)
      .map((found): Target => ({ kind: 'join', key: found.id, name: found.name, found })),
  ];
  return all
    .flatMap((target) => {
      const score = fuzzyScore(input.query, target.name);
      const used = target.kind === 'room' && age.has(target.room.id) ? RECENT_BONUS : 0;
      return score === undefined ? [] : [{ target, score: score + used }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, LISTED)
    .map(({ target }) => target);
}

function searchTarget(text: string): Target {
  return { kind: 'search', key: 'search', name: texts.common.search, text };
}

function roomTarget(room: Room): Extract<Target, { kind: 'room' }> {
  return { kind: 'room', key: room.id, name: room.name.value, room };
}
