import type { Cancel, Clock } from '../time/clock';

/** One sending of an entry. A late answer to an earlier attempt is told apart by identity. */
export interface Attempt {
  readonly id: string;
}

interface Timed {
  readonly attempt: Attempt;
  readonly cancel: Cancel;
}

/** Sends the entries of one room one after the other: at most one is in flight or waits for its next attempt. */
export class RoomLane {
  private inFlight: Timed | undefined;
  private waiting: Timed | undefined;

  constructor(private readonly clock: Clock) {}

  get busy(): boolean {
    return this.inFlight !== undefined || this.waiting !== undefined;
  }

  begin(id: string, timeoutMs: number, timedOut: (attempt: Attempt) => void): Attempt {
    const attempt = { id };
    this.inFlight = { attempt, cancel: this.clock.after(timeoutMs, () => timedOut(attempt)) };
    return attempt;
  }

  isInFlight(attempt: Attempt): boolean {
    return this.inFlight?.attempt === attempt;
  }

  wait(id: string, ms: number, over: () => void): void {
    const cancel = this.clock.after(ms, () => {
      this.waiting = undefined;
      over();
    });
    this.waiting = { attempt: { id }, cancel };
  }

  /** This entry is neither in flight nor waiting any more. */
  release(id: string): void {
    if (this.waiting?.attempt.id === id) {
      this.waiting.cancel();
      this.waiting = undefined;
    }
    if (this.inFlight?.attempt.id === id) {
      this.inFlight.cancel();
      this.inFlight = undefined;
    }
  }

  clear(): void {
    this.inFlight?.cancel();
    this.waiting?.cancel();
    this.inFlight = undefined;
    this.waiting = undefined;
  }
}
