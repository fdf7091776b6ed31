import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { addressOf, HOME, PAGES, parsePlace, type Place, samePlace } from './place';

/** The view of a small screen: list → room → people, with the browser's Back button. */
export type View = 'list' | 'room' | 'people';

/** A step in the browser's history. */
interface Step {
  /** The people slide over the room. */
  readonly people?: boolean;
  /** The step before belongs to this page too, so Back stays in it. */
  readonly inside?: boolean;
}

export interface NavigationOptions {
  readonly history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'back'>;
  /** The present address, as `location.pathname`. */
  readonly path: () => string;
  /** The screen shows one column. */
  readonly narrow: ReadonlySignal<boolean>;
  /** The screen is wide enough for the right column. */
  readonly wide: ReadonlySignal<boolean>;
}

/** The place that the page shows, in step with the address and the browser's history. */
export class Navigation {
  private readonly current = signal<Place>(HOME);
  private readonly peopleOver = signal(false);
  private readonly hidden = signal(false);
  /** Rises with each request to show a message, also the one that is shown already. */
  readonly visits = signal(0);

  constructor(private readonly options: NavigationOptions) {
    this.popped();
  }

  readonly view: ReadonlySignal<View> = computed(() =>
    this.peopleOver.value ? 'people' : this.current.value.kind === 'home' ? 'list' : 'room',
  );

  /** The timeline is on the screen. */
  readonly roomShown: ReadonlySignal<boolean> = computed(() => !this.options.narrow.value || this.view.value === 'room');

  /** The people are on the screen: in the right column, or over the room. */
  readonly peopleShown: ReadonlySignal<boolean> = computed(() =>
    this.options.wide.value ? !this.hidden.value && !PAGES.some((kind) => kind === this.current.value.kind) : this.view.value === 'people',
  );

  get place(): ReadonlySignal<Place> {
    return this.current;
  }

  get narrow(): ReadonlySignal<boolean> {
    return this.options.narrow;
  }

  /** The first address without a room: a small screen opens a room, and Back leads to the list. */
  begin(room: Place): void {
    if (this.options.history.state !== null || this.current.peek().kind !== 'home') return;
    this.replace(HOME);
    if (this.options.narrow.peek()) this.go(room);
  }

  /** The browser moved in its history. */
  popped(): void {
    const { history, path } = this.options;
    batch(() => {
      this.current.value = parsePlace(path());
      this.peopleOver.value = (history.state as Step | null)?.people === true;
      this.visits.value++;
    });
  }

  /** Adds a step for Back. The place that is shown already adds none. */
  go(to: Place): void {
    const { history } = this.options;
    const step: Step = { inside: true };
    if (samePlace(to, this.current.peek()) && !this.peopleOver.peek()) history.replaceState(history.state, '', addressOf(to));
    else history.pushState(step, '', addressOf(to));
    this.show(to);
  }

  /** The place has another address now, or is gone. */
  replace(to: Place): void {
    this.options.history.replaceState(this.options.history.state ?? {}, '', addressOf(to));
    this.show(to);
  }

  /** From the people to the room, and from a room to the list. */
  back(): void {
    const { history } = this.options;
    if (this.view.peek() === 'people') history.back();
    else this.go(HOME);
  }

  togglePeople(): void {
    if (this.options.wide.peek()) this.hidden.value = !this.hidden.peek();
    else if (this.view.peek() === 'people') this.options.history.back();
    else {
      this.options.history.pushState({ people: true, inside: true } satisfies Step, '', addressOf(this.current.peek()));
      this.peopleOver.value = true;
    }
  }

  private show(place: Place): void {
    batch(() => {
      this.current.value = place;
      this.peopleOver.value = false;
      this.visits.value++;
    });
  }
}
