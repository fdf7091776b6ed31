import { type ReadonlySignal, signal } from '@preact/signals';
import type { Cancel, Clock } from '../time/clock';

/** A message counts as read after this time on the screen. */
const READ_MS = 400;
/** The same for messages that were missed while the connection was down, if the person does nothing. */
export const MISSED_READ_MS = 5_000;

export interface ReadStateOptions {
  readonly clock: Clock;
  /** The newest `seq` of the room. */
  readonly lastSeq: () => number;
  /** The person looks at the newest message. */
  readonly seesNewest: () => boolean;
  /** Tells the server that everything up to `seq` is read. Resolves with true when the server has answered. */
  readonly report: (seq: number) => Promise<boolean>;
}

/** The read position of the person in a room, and the place of the "New" line. */
export class ReadState {
  private readonly read = signal(0);
  private readonly newLine = signal<number | undefined>(undefined);
  private timer: Cancel | undefined;
  /** The newest `seq` when the person looked away. */
  private awayAt: number | undefined;
  /** The newest `seq` when the connection broke. */
  private lostAt: number | undefined;
  /** Missed messages arrived, and the person has done nothing since. */
  private missedUnseen = false;
  /** The person marked messages as unread, so they stay unread until the room is opened again. */
  private keptUnread = false;
  /** Reports in flight. An earlier position from the server is older than they are. */
  private reports = 0;
  /** The position that the server knows. */
  private known = 0;

  constructor(private readonly options: ReadStateOptions) {}

  /** Everything up to this `seq` is read. */
  get readSeq(): ReadonlySignal<number> {
    return this.read;
  }

  /** The "New" line stands after this `seq`. */
  get newAfter(): ReadonlySignal<number | undefined> {
    return this.newLine;
  }

  /** The person goes to this room. */
  opened(): void {
    this.countSeen();
    this.keptUnread = false;
    const readSeq = this.read.peek();
    this.newLine.value = readSeq > 0 && this.options.lastSeq() > readSeq ? readSeq : undefined;
  }

  /** The server's read position. It goes back when the person marks messages as unread. */
  confirmed(seq: number): void {
    const here = this.read.peek();
    if (seq >= here) this.readElsewhere(seq);
    else if (this.reports > 0) return;
    else if (here > this.known) void this.report(here);
    else this.markUnread(seq);
    this.known = seq;
  }

  /** Everything after `seq` is unread again. */
  markUnread(seq: number): void {
    this.stopTimer();
    this.keptUnread = true;
    this.read.value = seq;
    this.newLine.value = seq;
  }

  /** The first `hello` of this page. */
  begin(readSeq: number, unread: number): void {
    this.read.value = Math.max(this.read.peek(), readSeq);
    this.known = readSeq;
    if (readSeq > 0 && unread > 0) this.newLine.value = readSeq;
  }

  reset(): void {
    this.read.value = 0;
    this.newLine.value = undefined;
    this.lostAt = undefined;
    this.keptUnread = false;
    this.known = 0;
  }

  connectionLost(): void {
    this.stopTimer();
    this.lostAt ??= this.options.lastSeq();
  }

  /** `hello` brought `missed` messages of others. */
  reconnected(missed: number): void {
    if (missed > 0 && this.options.lastSeq() > this.read.peek()) {
      this.placeNewLine(this.awayAt ?? this.lostAt ?? this.read.peek());
      this.missedUnseen = this.lostAt !== undefined;
    }
    this.lostAt = undefined;
  }

  /** Another person's message arrived. The "New" line stands where the person looked away. */
  arrived(): void {
    this.placeNewLine(this.awayAt ?? this.lostAt);
  }

  /** Another tab of the same person has read up to `seq`. */
  readElsewhere(seq: number): void {
    if (seq <= this.read.peek()) return;
    this.read.value = seq;
    if (this.awayAt !== undefined) this.awayAt = Math.max(this.awayAt, seq);
    if (this.lostAt !== undefined) this.lostAt = Math.max(this.lostAt, seq);
    const after = this.newLine.peek();
    if (after !== undefined && after < seq) this.newLine.value = seq < this.options.lastSeq() ? seq : undefined;
  }

  attention(attentive: boolean): void {
    if (attentive) {
      this.countSeen();
      this.awayAt = undefined;
      this.update();
    } else {
      // A message that was just seen still counts as read. The wait for missed messages starts again.
      if (this.missedUnseen) this.stopTimer();
      this.awayAt = this.options.lastSeq();
    }
  }

  /** The person pressed a key, clicked or scrolled. */
  acted(): void {
    if (!this.missedUnseen) return;
    this.missedUnseen = false;
    this.stopTimer();
    this.update();
  }

  /** Starts the wait after which the newest message counts as read, if the person sees it. */
  update(): void {
    if (this.timer || this.keptUnread || !this.options.seesNewest() || this.options.lastSeq() <= this.read.peek()) return;
    this.timer = this.options.clock.after(this.missedUnseen ? MISSED_READ_MS : READ_MS, () => {
      this.timer = undefined;
      this.missedUnseen = false;
      // A message that arrived after the person looked away is not seen.
      this.markRead(this.awayAt);
    });
  }

  /** Everything is read, or everything up to `seq`. */
  markRead(seq = this.options.lastSeq()): void {
    this.keptUnread = false;
    if (seq <= this.read.peek()) return;
    this.read.value = seq;
    void this.report(seq);
  }

  private async report(seq: number): Promise<void> {
    this.reports++;
    if (await this.options.report(seq)) this.known = Math.max(this.known, seq);
    this.reports--;
  }

  /** The person comes back before the messages that were seen count as read. */
  private countSeen(): void {
    if (!this.timer || this.awayAt === undefined) return;
    this.stopTimer();
    this.markRead(this.awayAt);
  }

  removeNewLine(): void {
    this.newLine.value = undefined;
  }

  private placeNewLine(from: number | undefined): void {
    if (from !== undefined && (this.newLine.peek() ?? 0) < from) this.newLine.value = from;
  }

  private stopTimer(): void {
    this.timer?.();
    this.timer = undefined;
  }
}
