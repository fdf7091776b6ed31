import { backoff } from '../time/backoff';
import type { Cancel, Clock } from '../time/clock';
import type { Answer, RoomEvent, SyncPage } from '../net/contract';
import { HOLD_MS, RoomLog } from './room-log';

/** The most changes in one answer. */
export const SYNC_LIMIT = 200;

/** Keeps a room's log complete: waits for missing changes, and asks the server when they do not arrive. */
export class LogSync {
  readonly log = new RoomLog();
  private waiting: Cancel | undefined;
  private syncing = false;
  /** A `ver` that the server named in an answer, so its change must arrive. */
  private expected = 0;
  /** Refusals since the last answer. */
  private refusals = 0;

  constructor(
    private readonly clock: Clock,
    private readonly ask: (sinceVer: number, limit: number) => Promise<Answer<SyncPage>>,
    private readonly changed: () => void,
  ) {}

  event(event: RoomEvent): void {
    const result = this.log.apply(event);
    if (result === 'applied') this.changed();
    if (result === 'overflow') void this.sync();
    this.waitIfIncomplete();
  }

  /** The server named this `ver`. The room is synced if the change does not arrive. */
  expect(ver: number): void {
    this.expected = Math.max(this.expected, ver);
    this.waitIfIncomplete();
  }

  /** The room is at this `ver`, and its changes will not arrive by themselves. */
  catchUp(ver: number): void {
    this.expected = Math.max(this.expected, ver);
    if (this.incomplete()) void this.sync();
  }

  /** The next `hello` brings the missing changes. */
  connectionLost(): void {
    this.stopWaiting();
  }

  private incomplete(): boolean {
    return this.log.ready && (this.log.holding || this.expected > this.log.ver);
  }

  private waitIfIncomplete(ms = HOLD_MS): void {
    if (!this.incomplete()) {
      this.stopWaiting();
      return;
    }
    this.waiting ??= this.clock.after(ms, () => {
      this.waiting = undefined;
      if (this.incomplete()) void this.sync();
    });
  }

  private async sync(): Promise<void> {
    if (this.syncing) return;
    this.syncing = true;
    const floor = this.log.newest;
    try {
      for (let more = true; more; ) {
        const since = this.log.ver;
        const answer = await this.ask(since, SYNC_LIMIT);
        if (answer.ok !== true) {
          this.syncing = false;
          this.waitIfIncomplete(Math.max(backoff(++this.refusals, () => 0.5), answer.err.retry_after_ms ?? 0));
          return;
        }
        this.refusals = 0;
        this.log.sync(answer.changes, answer.to, floor);
        this.changed();
        more = answer.more && answer.to > since;
      }
      // A change that the server does not have any more (a restored database) cannot arrive.
      this.expected = 0;
    } catch {
      // The connection broke meanwhile; `hello` brings the rest.
    } finally {
      this.syncing = false;
    }
  }

  private stopWaiting(): void {
    this.waiting?.();
    this.waiting = undefined;
  }
}
