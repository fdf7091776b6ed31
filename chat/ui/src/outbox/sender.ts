import { texts } from '../language/language';
import type { Answer, Refused } from '../net/contract';
import { backoff } from '../time/backoff';
import type { Clock } from '../time/clock';
import { type Entry, MEMORY_ONLY, type Reason } from './entry';
import type { EntryList } from './entry-list';
import { rebase, rebaseOnOwn } from './edit-base';
import { type Attempt, RoomLane } from './room-lane';

export const ANSWER_MS = 10_000;
/** Files take longer. Their upload notices a broken connection itself, and a new attempt joins it. */
export const UPLOAD_MS = 10 * 60 * 1000;
/** An older operation is sent only when its author confirms it. */
export const STALE_MS = 24 * 60 * 60 * 1000;

export interface Done {
  readonly ver: number;
}

export interface SenderOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Sends one operation and gives the server's answer; rejects when the connection breaks. */
  readonly send: (entry: Entry) => Promise<Answer<Done>>;
  readonly answered: (entry: Entry, done: Done) => void;
}

const hasFiles = (entry: Entry) => entry.op === 'send' && (entry.files?.length ?? 0) > 0;

/** Sends the queued entries: in each room in order, one at a time, again and again until the server has answered. */
export class Sender {
  private online = false;
  private leading = false;
  /** The store was read. Its entries go first. */
  private loaded = false;
  private readonly lanes = new Map<string, RoomLane>();
  /** Entries whose `notBefore` has a timer. */
  private readonly held = new Set<string>();

  constructor(
    private readonly list: EntryList,
    private readonly options: SenderOptions,
  ) {}

  setLoaded(loaded: boolean): void {
    this.loaded = loaded;
    if (loaded) this.sendAll();
    else this.stop();
  }

  setOnline(online: boolean): void {
    if (this.online === online) return;
    this.online = online;
    this.stop();
    if (online) this.sendAll();
  }

  setLeading(leading: boolean): void {
    if (this.leading && !leading) this.stop();
    this.leading = leading;
    this.sendAll();
  }

  sendNext(room: string): void {
    const lane = this.lane(room);
    if (!this.online || !this.loaded || lane.busy) return;
    const next = this.list.entries.find((e) => e.room === room && this.isDue(e));
    // An entry is sent once it is stored: it must survive a crash of the page.
    if (!next || next.n === 0) return;
    if (this.options.clock.now() - next.at > STALE_MS) {
      this.fail(next.id, {
        code: 'stale',
        message: next.op === 'send' ? texts.composer.oldMessage : texts.composer.oldChange,
      });
      this.sendNext(room);
      return;
    }
    const attempt = lane.begin(next.id, hasFiles(next) ? UPLOAD_MS : ANSWER_MS, (late) => this.settle(next, late, undefined));
    this.list.update(next.id, { state: 'sending' });
    this.options.send(next).then(
      (answer) => this.settle(next, attempt, answer),
      () => this.settle(next, attempt, undefined),
    );
  }

  /** The entry is neither in flight nor waiting any more. */
  release({ id, room }: Entry): void {
    this.lane(room).release(id);
  }

  private sendAll(): void {
    for (const room of new Set(this.list.entries.map((e) => e.room))) this.sendNext(room);
  }

  private isDue({ id, room, state, n, notBefore = 0 }: Entry): boolean {
    // Other tabs do not know an entry that is not stored, so this tab sends it in any case.
    if (state !== 'queued' || !(this.leading || n === MEMORY_ONLY)) return false;
    const wait = notBefore - this.options.clock.now();
    if (wait <= 0) return true;
    if (!this.held.has(id)) {
      this.held.add(id);
      this.options.clock.after(wait, () => {
        this.held.delete(id);
        this.sendNext(room);
      });
    }
    return false;
  }

  private settle(entry: Entry, attempt: Attempt, answer: Answer<Done> | undefined): void {
    const { id, room } = entry;
    const lane = this.lane(room);
    const present = this.list.find(id);
    if (answer?.ok === true && present?.state !== 'sent') {
      // A late answer to an earlier attempt also means that the server has stored the change.
      lane.release(id);
      if (present) {
        this.list.update(id, { state: 'sent', ver: answer.ver });
        this.list.unstore(entry);
      }
      rebaseOnOwn(this.list, entry, answer.ver);
      this.options.answered(entry, answer);
      this.sendNext(room);
      return;
    }
    if (!lane.isInFlight(attempt)) return;
    lane.release(id);
    if (answer && answer.ok !== true) this.refused(entry, answer);
    else this.retryLater(entry, 0);
    this.sendNext(room);
  }

  private refused(entry: Entry, { err, message }: Refused): void {
    if (!err.permanent) this.retryLater(entry, err.retry_after_ms ?? 0);
    else if (!message || !rebase(this.list, entry.id, message)) {
      this.fail(entry.id, { code: err.code, message: err.message, ...(message && { current: message }) });
    }
  }

  private fail(id: string, reason: Reason): void {
    this.list.update(id, { state: 'failed', reason });
    this.list.store(id);
  }

  private retryLater({ id, room }: Entry, atLeast: number): void {
    const entry = this.list.find(id);
    if (!entry) return;
    const attempts = entry.attempts + 1;
    this.list.update(id, { state: 'queued', attempts });
    this.lane(room).wait(id, Math.max(atLeast, backoff(attempts, this.options.random)), () => this.sendNext(room));
  }

  private stop(): void {
    for (const lane of this.lanes.values()) lane.clear();
    if (!this.list.entries.some((e) => e.state === 'sending')) return;
    this.list.set(this.list.entries.map((e) => (e.state === 'sending' ? { ...e, state: 'queued' } : e)));
  }

  private lane(room: string): RoomLane {
    let lane = this.lanes.get(room);
    if (!lane) this.lanes.set(room, (lane = new RoomLane(this.options.clock)));
    return lane;
  }
}
