import type { Cancel, Clock } from '../time/clock';

/** A checked connection that carries nothing for this long is dead. */
export const CHECK_MS = 3_000;

export interface LivenessCheckOptions {
  readonly clock: Clock;
  /** Sends a small request; any answer shows that the connection still works. */
  readonly probe: () => Promise<unknown>;
  /** No answer came in time. */
  readonly dead: () => void;
}

/** Finds a connection that went silent without being closed: sends a probe and waits for its answer. */
export class LivenessCheck {
  private deadline: Cancel | undefined;
  private round = 0;
  private heardAt = 0;

  constructor(private readonly options: LivenessCheckOptions) {}

  /** Something arrived from the server. */
  heard(): void {
    this.heardAt = this.options.clock.now();
  }

  start(): void {
    if (this.deadline) return;
    const { clock, probe, dead } = this.options;
    const round = ++this.round;
    const since = clock.now();
    // Packets that were in flight when the connection died may still arrive. They extend the wait once, no more.
    this.deadline = clock.after(CHECK_MS, () => {
      if (this.heardAt <= since) dead();
      else this.deadline = clock.after(CHECK_MS, dead);
    });
    probe().then(
      () => {
        if (round === this.round) this.stop();
      },
      // `disconnect` reports a connection that breaks meanwhile. Without an answer the deadline passes.
      () => undefined,
    );
  }

  stop(): void {
    this.deadline?.();
    this.deadline = undefined;
    this.round++;
  }
}
