import { signal } from '@preact/signals';
import { type Cancel, type Clock } from './clock';
import { midnight } from './date-format';

/** The present day by the server's clock, in the reader's time zone. */
export class CurrentDay {
  /** A moment of the present day. It changes once a day. */
  readonly moment;
  /** The server's clock minus this machine's, in milliseconds. */
  readonly clockOffset = signal(0);
  private timer: Cancel | undefined;

  constructor(private readonly clock: Clock) {
    this.moment = signal(clock.now());
  }

  /** The server told its time. */
  synchronize(now: number): void {
    this.clockOffset.value = now - this.clock.now();
    this.update();
  }

  /** Reads the clock again, because timers of a hidden page or a sleeping machine run late. */
  update(): void {
    const now = this.clock.now() + this.clockOffset.peek();
    if (midnight(now) !== midnight(this.moment.peek())) this.moment.value = now;
    this.timer?.();
    this.timer = this.clock.after(midnight(now, 1) - now, () => this.update());
  }
}
