import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Cancel, Clock } from '../net/clock';
import type { Delta, Message, Person, RoomEvent, RoomHead } from '../net/contract';
import type { Query, Reply, Request } from '../net/link';
import type { Entry } from '../outbox/entry';
import { stillTyping, typed, type Typists, typingLine, wrote } from '../presence/typing';
import { LogKeeper } from '../timeline/keeper';
import { rows } from '../timeline/rows';
import { around, down, NEWEST, PAGE, settle, slice, type Span, up } from '../timeline/window';

export type Ask = <E extends Request>(event: E, query: Query<E>) => Promise<Reply<E>>;

export interface RoomDeps {
  readonly clock: Clock;
  readonly ask: Ask;
  readonly me: ReadonlySignal<Person | undefined>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly attentive: ReadonlySignal<boolean>;
}

const READ_MS = 400;

/** One room as the page shows it. */
export class Room {
  readonly keeper: LogKeeper;
  readonly name = signal('');
  readonly loading = signal<'older' | 'gap' | 'jump' | undefined>(undefined);
  /** The reader is at the newest message; what comes scrolls along. */
  readonly atBottom = signal(true);
  /** The "New" line stands after this number. */
  readonly newAfter = signal<number | undefined>(undefined);
  readonly readSeq = signal(0);
  readonly typing = signal('');
  private readonly messages = signal<readonly Message[]>([]);
  private readonly lastSeq = signal(0);
  private readonly span = signal<Span>(NEWEST);
  private readonly isReady = signal(false);
  /** The newest number when the reader left the bottom. */
  private readonly leftAt = signal(0);
  /** The server has nothing older. */
  private readonly startReached = signal(false);
  private typists: Typists = new Map();
  private typistTimer: Cancel | undefined;
  private reading: Cancel | undefined;
  private awayAt: number | undefined;

  constructor(
    readonly id: string,
    private readonly deps: RoomDeps,
  ) {
    this.keeper = new LogKeeper(
      deps.clock,
      (since_ver, limit) => deps.ask('sync', { room: id, since_ver, limit }),
      () => this.refresh(),
    );
  }

  readonly ready: ReadonlySignal<boolean> = computed(() => this.isReady.value);

  private readonly shown = computed(() => slice(this.messages.value, this.span.value));

  /** One's own messages that are not in the log yet; only at the bottom end of the room. */
  private readonly pending = computed(() => {
    if (this.shown.value.below > 0) return [];
    const me = this.deps.me.value?.id;
    const here = this.deps.entries.value.filter((e) => e.room === this.id);
    if (here.length === 0) return here;
    const known = new Set(this.messages.value.filter((m) => m.sender.id === me).map((m) => m.cmid));
    return here.filter((e) => !known.has(e.cmid));
  });

  readonly rows = computed(() =>
    rows({
      messages: this.shown.value.shown,
      pending: this.pending.value,
      me: this.deps.me.value?.id ?? '',
      newAfter: this.newAfter.value,
    }),
  );

  /** There is more above what the page holds. */
  readonly older = computed(
    () => this.shown.value.above > 0 || (!this.startReached.value && (this.messages.value[0]?.seq ?? 1) > 1),
  );
  readonly newer = computed(() => this.shown.value.below > 0);
  readonly empty = computed(() => this.isReady.value && this.lastSeq.value === 0 && this.pending.value.length === 0);
  readonly unread = computed(() => Math.max(0, this.lastSeq.value - this.readSeq.value));

  /** Messages of others that came below what the reader sees. */
  readonly below = computed(() => {
    if (this.atBottom.value) return 0;
    const me = this.deps.me.value?.id;
    return this.messages.value.filter((m) => m.seq > this.leftAt.value && m.sender.id !== me).length;
  });

  /** What is new above, for the pill: how many, since when. */
  readonly news = computed(() => {
    const after = this.newAfter.value;
    if (after === undefined) return undefined;
    const count = this.lastSeq.value - after;
    const first = this.messages.value.find((m) => m.seq > after);
    return count > 0 && first ? { count, since: first.seq === after + 1 ? first.ts : undefined } : undefined;
  });

  /** `hello` brought this room up to date. Returns how many messages of others were missed. */
  welcome(head: RoomHead, delta: Delta | undefined): number {
    const first = !this.keeper.log.ready;
    this.name.value = head.name;
    const missed = delta ? this.keeper.log.delta(delta, head.last_seq, this.deps.me.value?.id ?? '') : 0;
    this.readSeq.value = Math.max(this.readSeq.value, head.read_seq);
    if (first && head.read_seq > 0 && head.unread > 0) this.newAfter.value = head.read_seq;
    if (missed > 0) this.noteWhileAway();
    this.refresh();
    return missed;
  }

  /** Everything again from the server, as after a restored database. */
  reset(): void {
    this.keeper.log.reset();
    this.span.value = NEWEST;
    this.newAfter.value = undefined;
    this.readSeq.value = 0;
    this.refresh();
  }

  event(event: RoomEvent): void {
    const fresh = event.seq > this.keeper.log.lastSeq && event.m.sender.id !== this.deps.me.peek()?.id;
    if (fresh) this.noteWhileAway();
    this.typists = wrote(this.typists, event.m.sender.id);
    this.showTypists();
    this.keeper.event(event);
  }

  typed(who: Person): void {
    this.typists = typed(this.typists, who, this.deps.clock.now());
    this.showTypists();
  }

  /** One's own message goes out: the reader is at the end and has seen what is there. */
  wrote(): void {
    this.newAfter.value = undefined;
    this.toNewest();
  }

  setAtBottom(at: boolean): void {
    if (this.newer.peek()) at = false;
    if (this.atBottom.peek() === at) return;
    if (!at) this.leftAt.value = this.keeper.log.lastSeq;
    this.atBottom.value = at;
    if (at) this.seen();
  }

  toNewest(): void {
    this.span.value = NEWEST;
    this.atBottom.value = true;
    this.refresh();
  }

  /** The reader looks away or comes back. */
  attention(attentive: boolean): void {
    if (attentive) {
      this.awayAt = undefined;
      this.seen();
    } else {
      this.awayAt = this.keeper.log.lastSeq;
    }
  }

  /** Tells the server what is read, when somebody is looking at the newest message. */
  seen(): void {
    const last = this.keeper.log.lastSeq;
    if (!this.atBottom.peek() || !this.deps.attentive.peek() || last <= this.readSeq.peek() || this.reading) return;
    this.reading = this.deps.clock.after(READ_MS, () => {
      this.reading = undefined;
      this.markRead();
    });
  }

  markRead(): void {
    const seq = this.keeper.log.lastSeq;
    if (seq <= this.readSeq.peek()) return;
    this.readSeq.value = seq;
    // Unanswered: the next `read` or the next `hello` says it again.
    this.deps.ask('read', { room: this.id, seq }).catch(() => undefined);
  }

  async loadOlder(): Promise<void> {
    if (this.loading.peek() || !this.older.peek()) return;
    if (this.shown.peek().above === 0) {
      await this.load('older', { before: this.keeper.log.firstLoaded });
    }
    this.span.value = up(this.messages.peek(), this.span.peek());
  }

  showNewer(): void {
    if (this.newer.peek()) this.span.value = down(this.messages.peek(), this.span.peek());
  }

  async loadGap(after: number): Promise<void> {
    if (!this.loading.peek()) await this.load('gap', { after });
  }

  /** Brings a message into the page; the timeline then scrolls to it. */
  async jumpTo(seq: number): Promise<void> {
    if (!this.messages.peek().some((m) => m.seq === seq)) await this.load('jump', { around: seq });
    const { shown } = this.shown.peek();
    if (!shown.some((m) => m.seq === seq)) this.span.value = around(this.messages.peek(), seq);
  }

  private async load(what: 'older' | 'gap' | 'jump', where: { before?: number; after?: number; around?: number }): Promise<void> {
    this.loading.value = what;
    try {
      const answer = await this.deps.ask('history', { room: this.id, ...where, limit: what === 'older' ? PAGE : 2 * PAGE });
      if (answer.ok === true) {
        this.keeper.log.history(answer.messages);
        if (what === 'older' && answer.messages.length === 0) this.startReached.value = true;
      }
      this.refresh();
    } catch {
      // Offline: the strip says so, and scrolling or pressing again asks again.
    } finally {
      this.loading.value = undefined;
    }
  }

  /** Others wrote while nobody looked: the "New" line stands where the looking ended. */
  private noteWhileAway(): void {
    const from = this.awayAt;
    if (from !== undefined && (this.newAfter.peek() ?? 0) < from) this.newAfter.value = from;
  }

  private refresh(): void {
    const log = this.keeper.log;
    if (this.atBottom.peek() && this.span.peek().end === undefined) log.trim();
    this.messages.value = log.messages;
    this.lastSeq.value = log.lastSeq;
    this.isReady.value = log.ready;
    this.span.value = settle(log.messages, this.span.peek(), this.atBottom.peek());
    this.seen();
  }

  private showTypists(): void {
    const now = this.deps.clock.now();
    this.typists = stillTyping(this.typists, now);
    this.typing.value = typingLine(this.typists);
    this.typistTimer?.();
    const next = Math.min(...[...this.typists.values()].map((t) => t.until));
    this.typistTimer = Number.isFinite(next) ? this.deps.clock.after(next - now, () => this.showTypists()) : undefined;
  }
}
