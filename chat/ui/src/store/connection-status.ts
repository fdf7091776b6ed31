import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Cancel, Clock } from '../time/clock';
import { type BannerState, bannerState, begin, closing, lost, nextChange, rejected, restored } from './connection-history';

export interface ConnectionStatusOptions {
  readonly clock: Clock;
  readonly networkOffline: ReadonlySignal<boolean>;
  readonly serverCannotStore: ReadonlySignal<boolean>;
}

/** The state of the connection and of its banner. */
export class ConnectionStatus {
  private readonly history;
  private readonly now;
  private readonly outdated = signal(false);
  /** Why the server cannot store anything at present, in its own words. */
  readonly trouble = signal<string | undefined>(undefined);
  private timer: Cancel | undefined;
  readonly online: ReadonlySignal<boolean>;
  readonly banner: ReadonlySignal<BannerState>;

  constructor(private readonly options: ConnectionStatusOptions) {
    const { clock, networkOffline, serverCannotStore } = options;
    this.history = signal(begin(clock.now()));
    this.now = signal(clock.now());
    this.online = computed(() => this.history.value.up);
    this.banner = computed((): BannerState => {
      if (this.outdated.value) return { kind: 'update' };
      const history = this.history.value;
      return bannerState(history, Math.max(this.now.value, history.downSince), {
        networkOffline: networkOffline.value,
        serverCannotStore: this.trouble.value !== undefined || serverCannotStore.value,
      });
    });
  }

  /** Updates the banner as time passes. Returns a function that stops it. */
  start(): () => void {
    const stop = effect(() => {
      const history = this.history.value;
      this.timer?.();
      const tick = () => {
        const now = this.options.clock.now();
        this.now.value = now;
        const ms = nextChange(history, now);
        this.timer = ms === undefined ? undefined : this.options.clock.after(ms, tick);
      };
      tick();
    });
    return () => {
      stop();
      this.timer?.();
    };
  }

  /** The page begins to connect, after a sign-in. */
  begin(): void {
    this.history.value = { ...begin(this.options.clock.now()), everUp: this.history.peek().everUp };
  }

  lost(): void {
    this.history.value = lost(this.history.peek(), this.options.clock.now());
  }

  restored(missed: number): void {
    this.history.value = restored(this.history.peek(), this.options.clock.now(), missed);
  }

  rejected(reason: string | undefined): void {
    this.history.value = rejected(this.history.peek(), reason);
  }

  storing(trouble: string | undefined): void {
    this.trouble.value = trouble;
  }

  serverClosing(): void {
    this.history.value = closing(this.history.peek());
  }

  /** The server does not support this version of the page any more. Only a reload helps. */
  pageOutdated(): void {
    this.outdated.value = true;
  }
}
