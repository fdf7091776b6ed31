import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Place, Profile, Role, Welcome } from '../net/contract';
import type { Cancel, Clock } from '../time/clock';

const ORDER: readonly Role[] = ['guest', 'member', 'moderator', 'owner'];

/** The rights of the person in this place. The server decides; the page shows it. */
export class Standing {
  private readonly profile = signal<Profile | undefined>(undefined);
  private readonly rules = signal<Place | undefined>(undefined);
  private readonly mutedNow = signal(false);
  private timer: Cancel | undefined;

  /** `now`: the time of the server. */
  constructor(
    private readonly clock: Clock,
    private readonly now: () => number,
  ) {}

  get you(): ReadonlySignal<Profile | undefined> {
    return this.profile;
  }

  get place(): ReadonlySignal<Place | undefined> {
    return this.rules;
  }

  readonly role: ReadonlySignal<Role> = computed(() => this.profile.value?.role ?? 'guest');
  readonly moderator = computed(() => this.role.value === 'moderator' || this.role.value === 'owner');
  readonly owner = computed(() => this.role.value === 'owner');

  /** The end of the mute, or undefined for a person who may write. */
  readonly mutedUntil = computed(() => (this.mutedNow.value ? this.profile.value?.muted_until : undefined));

  /** Is this role below the person's own, so that a moderator may act? */
  outranks(role: Role | undefined): boolean {
    return this.moderator.value && ORDER.indexOf(role ?? 'guest') < ORDER.indexOf(this.role.value);
  }

  /** Roles mean something once the place has an owner. */
  readonly roles = computed(() => this.rules.value?.owned === true);

  setYou(profile: Profile | undefined): void {
    this.profile.value = profile;
    this.updateMute();
  }

  /** The server has answered `hello`. */
  welcome({ you, place }: Pick<Welcome, 'you' | 'place'>): void {
    this.setYou(you);
    this.setPlace(place);
  }

  setPlace(place: Place | undefined): void {
    this.rules.value = place;
  }

  clear(): void {
    this.setYou(undefined);
    this.setPlace(undefined);
  }

  private updateMute(): void {
    this.timer?.();
    this.timer = undefined;
    const left = (this.profile.peek()?.muted_until ?? 0) - this.now();
    this.mutedNow.value = left > 0;
    // Timers of browsers hold 24 days.
    if (left > 0) this.timer = this.clock.after(Math.min(left, 86_400_000), () => this.updateMute());
  }
}
