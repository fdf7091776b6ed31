import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { changedPictures, noticePictures } from '../design/changed-pictures';
import type { Person, PresenceEvent, Profile } from '../net/contract';
import { applyPresence, EMPTY, GATHER_MS, notice, renamed, type Roster, snapshot } from '../presence/roster';
import type { Cancel, Clock } from '../time/clock';

/** The person of a profile. */
export function personOf({ id, name, hue, picture }: Profile): Person {
  return { id, name, hue, ...(picture !== undefined && { picture }) };
}

/** The people online, and a short notice when somebody joins or leaves. */
export class OnlinePeople {
  private readonly people = signal<Roster>(EMPTY);
  /** People who changed since the page was opened, as they are now. */
  private readonly changedPeople = signal<ReadonlyMap<string, Profile>>(new Map());
  private readonly noticeText = signal<string | undefined>(undefined);
  private timer: Cancel | undefined;

  constructor(private readonly clock: Clock) {}

  get roster(): ReadonlySignal<Roster> {
    return this.people;
  }

  private readonly ids = computed(() => new Set(this.people.value.people.map((p) => p.id)));

  /** Is this person online? The page knows the first people only, in a very large chat. */
  isOnline(id: string): boolean {
    return this.ids.value.has(id);
  }

  /** The name that a person has now. Messages carry the one of the time when they were loaded. */
  nameOf(person: Person): string {
    return this.changedPeople.value.get(person.id)?.name ?? person.name;
  }

  /** The picture that a person has now. */
  pictureOf(person: Person): string | undefined {
    const changed = changedPictures.value;
    return changed.has(person.id) ? changed.get(person.id) : person.picture;
  }

  /** A person has another name, status or role. */
  profile(profile: Profile): void {
    this.changedPeople.value = new Map(this.changedPeople.peek()).set(profile.id, profile);
    changedPictures.value = new Map(changedPictures.peek()).set(profile.id, profile.picture);
    this.people.value = renamed(this.people.peek(), personOf(profile));
  }

  get notice(): ReadonlySignal<string | undefined> {
    return this.noticeText;
  }

  welcome(people: readonly Person[], count: number): void {
    noticePictures(people);
    this.people.value = snapshot(this.people.peek(), people, count);
  }

  changed(event: PresenceEvent, me: string): void {
    noticePictures(event.joined);
    this.people.value = applyPresence(this.people.peek(), event, me, this.clock.now());
    this.updateNotice();
  }

  clear(): void {
    this.people.value = EMPTY;
    this.changedPeople.value = new Map();
  }

  private updateNotice(): void {
    const now = this.clock.now();
    const { recent } = this.people.peek();
    this.noticeText.value = notice(recent, now);
    this.timer?.();
    const oldest = recent.filter((change) => now - change.at < GATHER_MS).at(-1);
    this.timer = oldest && this.clock.after(oldest.at + GATHER_MS - now, () => this.updateNotice());
  }
}
