import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Message, Person, Query, Reply, Request } from '../net/contract';
import type { Entry } from '../outbox/entry';
import type { Clock } from '../time/clock';
import { centredOn, follow, NEWEST, pageDown, pageUp, type Span, visible } from './message-window';
import { pendingChanges, pendingMessages } from './own-entries';
import { ReadState } from './read-state';
import { type KeptMessages, RoomMessages } from './room-messages';
import { timelineRows } from './timeline-rows';

export interface RoomOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly ask: <E extends Request>(event: E, query: Query<E>) => Promise<Reply<E>>;
  readonly sendTyping: () => void;
  readonly me: ReadonlySignal<Person | undefined>;
  /** The outbox, with the entries of all rooms. */
  readonly entries: ReadonlySignal<readonly Entry[]>;
  /** The person looks at this room. */
  readonly attentive: ReadonlySignal<boolean>;
  /** The server's clock minus this machine's, in milliseconds. */
  readonly clockOffset: ReadonlySignal<number>;
  /** The messages of the room that this browser kept. */
  readonly kept?: () => KeptMessages | undefined;
}

const NOBODY: Person = { id: '', name: '', hue: 0 };

/** The position of the reader in a room: a row, and its distance to the top of the timeline. */
export interface ReaderPosition {
  readonly key: string;
  readonly top: number;
}

/** The part of a room's messages that the page shows, and the reader's position in it. */
export class RoomTimeline {
  readonly readState: ReadState;
  /** The reader is at the newest message, and the timeline follows new ones. */
  readonly atBottom = signal(true);
  /** A reader who is not at the bottom finds this position again. */
  position: ReaderPosition | undefined;
  /** The message that the timeline should bring into view, and mark for a moment. */
  readonly target = signal<{ readonly seq: number } | undefined>(undefined);
  protected readonly loaded: RoomMessages;
  private readonly messages = signal<readonly Message[]>([]);
  private readonly lastSeq = signal(0);
  private readonly span = signal<Span>(NEWEST);
  private readonly isReady = signal(false);
  /** The newest `seq` when the reader left the bottom. */
  private readonly leftBottomAt = signal(0);

  constructor(
    readonly id: string,
    protected readonly options: RoomOptions,
  ) {
    const { clock, random, ask, attentive } = options;
    this.loaded = new RoomMessages(id, {
      clock,
      random,
      ask,
      attentive,
      kept: () => options.kept?.(),
      changed: () => this.refresh(),
      retryOlder: () => void this.loadOlder(),
    });
    this.readState = new ReadState({
      clock,
      lastSeq: () => this.loaded.lastSeq,
      seesNewest: () => this.atBottom.peek() && attentive.peek() && this.loaded.complete,
      report: (seq) => this.reportRead(seq),
    });
  }

  get history() {
    return this.loaded.history;
  }

  /** Messages are loaded, from the server or from this browser. */
  readonly ready: ReadonlySignal<boolean> = computed(() => this.isReady.value);

  readonly unread = computed(() => Math.max(0, this.lastSeq.value - this.readState.readSeq.value));

  private readonly shown = computed(() => visible(this.messages.value, this.span.value));

  /** One's own messages that are not in the log yet. They stand at the bottom end of the room. */
  private readonly pending = computed(() => {
    if (this.shown.value.below > 0) return [];
    return pendingMessages(this.options.entries.value, this.id, this.messages.value, this.options.me.value?.id ?? '');
  });

  private readonly changes = computed(() => pendingChanges(this.options.entries.value, this.id));

  readonly rows = computed(() =>
    timelineRows({
      messages: this.shown.value.shown,
      pending: this.pending.value,
      changes: this.changes.value,
      me: this.options.me.value ?? NOBODY,
      newAfter: this.readState.newAfter.value,
      clockOffset: this.options.clockOffset.value,
    }),
  );

  /** There are older messages than the page shows. */
  readonly older = computed(
    () => this.shown.value.above > 0 || (!this.loaded.startReached.value && (this.messages.value[0]?.seq ?? 1) > 1),
  );
  /** There are newer messages than the page shows. */
  readonly newer = computed(() => this.shown.value.below > 0);
  readonly empty = computed(() => this.isReady.value && this.lastSeq.value === 0 && this.pending.value.length === 0);

  /** The number of messages of others below the reader. */
  readonly newBelow = computed(() => {
    if (this.atBottom.value) return 0;
    const me = this.options.me.value?.id;
    return this.messages.value.filter((m) => m.seq > this.leftBottomAt.value && m.sender.id !== me).length;
  });

  /** The messages after the "New" line: their number, and the time of the first if it is loaded. */
  readonly news = computed(() => {
    const after = this.readState.newAfter.value;
    if (after === undefined) return undefined;
    const count = this.lastSeq.value - after;
    const first = this.messages.value.find((m) => m.seq > after);
    return count > 0 && first ? { count, since: first.seq === after + 1 ? first.ts : undefined } : undefined;
  });

  /** The person looks at the newest message, so it is read in a moment. */
  readonly seen = computed(() => this.options.attentive.value && this.atBottom.value);

  setAtBottom(at: boolean): void {
    if (this.newer.peek()) at = false;
    if (this.atBottom.peek() === at) return;
    if (!at) this.leftBottomAt.value = this.loaded.log.lastSeq;
    this.atBottom.value = at;
    if (at) this.readState.update();
  }

  toNewest(): void {
    this.span.value = NEWEST;
    this.atBottom.value = true;
    this.refresh();
  }

  /** Shows a message: the timeline scrolls to it. */
  show(seq: number): void {
    this.target.value = { seq };
  }

  async loadOlder(): Promise<void> {
    if (this.history.loading.peek() || !this.older.peek()) return;
    if (this.shown.peek().above === 0) {
      // After a refusal, scrolling and changed rows do not ask again.
      if (this.history.waiting || !(await this.history.load('older', { before: this.loaded.log.firstLoaded }))) return;
    }
    this.span.value = pageUp(this.messages.peek(), this.span.peek());
  }

  /** Loads the end of the room now, after it was refused. */
  retryNewest(): void {
    this.loaded.catchUp();
  }

  /** Loads older messages now, without the rest of the current wait. */
  async retryOlder(): Promise<void> {
    this.history.stopWaiting();
    await this.loadOlder();
  }

  showNewer(): void {
    if (this.newer.peek()) this.span.value = pageDown(this.messages.peek(), this.span.peek());
  }

  async loadGap(after: number): Promise<void> {
    if (!this.history.loading.peek()) await this.history.load('gap', { after });
  }

  /** Brings a message into the page; the timeline then scrolls to it. */
  async jumpTo(seq: number): Promise<void> {
    if (!this.messages.peek().some((m) => m.seq === seq)) await this.history.load('jump', { around: seq });
    const { shown } = this.shown.peek();
    if (!shown.some((m) => m.seq === seq)) this.span.value = centredOn(this.messages.peek(), seq);
  }

  /** The beginning again: at the newest message, without a position. */
  protected rewind(): void {
    this.span.value = NEWEST;
    this.atBottom.value = true;
    this.position = undefined;
    this.refresh();
  }

  /** Tells the server that everything up to `seq` is read. Without an answer, the next `read` or `hello` does. */
  protected reportRead(seq: number): Promise<boolean> {
    return this.options.ask('read', { room: this.id, seq }).then(
      (answer) => answer.ok === true,
      () => false,
    );
  }

  protected refresh(): void {
    const { log } = this.loaded;
    if (this.atBottom.peek() && this.span.peek().end === undefined) log.trim();
    this.messages.value = log.messages;
    this.lastSeq.value = this.loaded.lastSeq;
    this.isReady.value = log.ready;
    this.span.value = follow(log.messages, this.span.peek(), this.atBottom.peek());
    this.readState.update();
  }
}
