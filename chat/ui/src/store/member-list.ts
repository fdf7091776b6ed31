import { type ReadonlySignal, signal } from '@preact/signals';
import type { Person, PersonOnline, PresenceEvent, Profile, Query, Reply } from '../net/contract';
import type { Cancel, Clock } from '../time/clock';

/** The longest list. */
export const MEMBERS_LIMIT = 200;
/** A person who walks through the rooms causes no requests. */
export const OPEN_MS = 200;
/** The time between two requests that presence changes cause. */
export const REFRESH_MS = 5_000;

export interface Members {
  readonly people: readonly PersonOnline[];
  readonly count: number;
  readonly online: number;
}

export interface MemberListOptions {
  readonly clock: Clock;
  readonly ask: (query: Query<'members'>) => Promise<Reply<'members'>>;
}

/** The members of the room on the screen. */
export class MemberList {
  private readonly list = signal<Members | undefined>(undefined);
  private room: string | undefined;
  private filter = '';
  private request = 0;
  private timer: Cancel | undefined;
  private loadedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: MemberListOptions) {}

  /** Undefined until the server has answered. */
  get members(): ReadonlySignal<Members | undefined> {
    return this.list;
  }

  /** Shows the members of another room. */
  show(room: string | undefined): void {
    if (this.room === room) return;
    this.room = room;
    this.filter = '';
    this.list.value = undefined;
    this.request++;
    this.loadAfter(OPEN_MS);
  }

  /** Shows only the members whose name contains `filter`. */
  find(filter: string): void {
    if (this.filter === filter) return;
    this.filter = filter;
    void this.load();
  }

  /** People came or went: the dots change at once, the counts with the next answer. */
  presence(event: PresenceEvent): void {
    const { value } = this.list;
    if (!value) return;
    const joined = new Set(event.joined.map((p) => p.id));
    const left = new Set(event.left.map((p) => p.id));
    let online = value.online;
    const known = new Set(value.people.map((p) => p.id));
    // Everybody is a member of general.
    const added = this.room === 'general' && this.filter === '' ? event.joined.filter((p) => !known.has(p.id)) : [];
    const changed = value.people.map((person) => {
      const now = joined.has(person.id) || (person.online && !left.has(person.id));
      if (now === person.online) return person;
      online += now ? 1 : -1;
      return { ...person, online: now };
    });
    const people = [...changed, ...added.map((person) => ({ ...person, online: true }))].slice(0, MEMBERS_LIMIT);
    this.list.value = { people: sorted(people), count: value.count + added.length, online: online + added.length };
    this.loadLater();
  }

  /** A person has another name, status or role. */
  profile(profile: Profile): void {
    const { value } = this.list;
    if (!value?.people.some((person) => person.id === profile.id)) {
      // A person or a bot who is new to the place is a member of general, and the bot of a webhook of its room.
      if (profile.bot || this.room === 'general') this.loadLater();
      return;
    }
    const people = value.people.map((person) =>
      person.id === profile.id ? { ...profile, online: person.online } : person,
    );
    this.list.value = { ...value, people: sorted(people) };
  }

  /** A room looks different: it may have other members. */
  changed(room: string): void {
    if (this.room === room) this.loadLater();
  }

  /** Loads the list again after a while. */
  private loadLater(): void {
    const pause = this.loadedAt + REFRESH_MS - this.options.clock.now();
    if (!this.timer) this.loadAfter(Math.max(OPEN_MS, pause));
  }

  private loadAfter(ms: number): void {
    this.timer?.();
    this.timer = this.options.clock.after(ms, () => void this.load());
  }

  async load(): Promise<void> {
    this.timer?.();
    this.timer = undefined;
    const { room } = this;
    const request = ++this.request;
    if (room === undefined) return;
    this.loadedAt = this.options.clock.now();
    try {
      const answer = await this.options.ask({ room, ...(this.filter === '' ? {} : { q: this.filter }), limit: MEMBERS_LIMIT });
      if (request !== this.request || answer.ok !== true) return;
      this.list.value = { people: sorted(answer.people), count: answer.count, online: answer.online };
    } catch {
      // Not connected. The next `hello` loads the list.
    }
  }
}

/** People online first, each part by name. */
function sorted(people: readonly PersonOnline[]): readonly PersonOnline[] {
  return [...people].sort((a, b) => Number(b.online) - Number(a.online) || byName(a, b));
}

function byName(a: Person, b: Person): number {
  return a.name.localeCompare(b.name, undefined, { sensitivity: 'base', numeric: true }) || (a.id < b.id ? -1 : 1);
}
