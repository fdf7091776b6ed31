import type { Cancel, Clock } from '../net/clock';
import type { Answer, RoomEvent, SyncPage } from '../net/contract';
import { HOLD_MS, RoomLog } from './log';

const SYNC_LIMIT = 200;
/** Before asking again after a refusal that names no time of its own. */
const AGAIN_MS = 1_000;

/** Keeps a room's log whole: waits for holes to fill and asks for what does not come. */
export class LogKeeper {
  readonly log = new RoomLog();
  private waiting: Cancel | undefined;
  private syncing = false;
  /** A version that an answer named, so that it must come. */
  private expected = 0;

  constructor(
    private readonly clock: Clock,
    private readonly ask: (sinceVer: number, limit: number) => Promise<Answer<SyncPage>>,
    private readonly changed: () => void,
  ) {}

  event(event: RoomEvent): void {
    const result = this.log.apply(event);
    if (result === 'applied') this.changed();
    if (result === 'overflow') void this.sync();
    this.watch();
  }

  /** The server said that this version exists; it is fetched if it does not come by itself. */
  expect(ver: number): void {
    this.expected = Math.max(this.expected, ver);
    this.watch();
  }

  /** The line is gone: the next `hello` brings what is missing. */
  offline(): void {
    this.waiting?.();
    this.waiting = undefined;
  }

  private incomplete(): boolean {
    return this.log.ready && (this.log.holding || this.expected > this.log.ver);
  }

  private watch(ms = HOLD_MS): void {
    if (!this.incomplete()) {
      this.offline();
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
          this.watch(Math.max(AGAIN_MS, answer.err.retry_after_ms ?? 0));
          return;
        }
        this.log.sync(answer.changes, answer.to, floor);
        this.changed();
        more = answer.more && answer.to > since;
      }
      // What the server does not have any more (a restored database) cannot come.
      this.expected = 0;
    } catch {
      // The line broke meanwhile; `hello` repairs it.
    } finally {
      this.syncing = false;
    }
  }
}
