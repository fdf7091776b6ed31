import { type ReadonlySignal, signal } from '@preact/signals';
import type { Delta, Message, Query, Reply, Request, RoomEvent } from '../net/contract';
import type { Clock } from '../time/clock';
import { HistoryLoader } from './history-loader';
import { LogSync, SYNC_LIMIT } from './log-sync';
import { reloadOlder } from './reload-older';

/** Messages that this browser kept, with every change up to `ver`. */
export interface KeptMessages {
  readonly ver: number;
  readonly messages: readonly Message[];
}

export interface RoomMessagesOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly ask: <E extends Request>(event: E, query: Query<E>) => Promise<Reply<E>>;
  /** The part of the room that this browser keeps. */
  readonly kept: () => KeptMessages | undefined;
  /** The person looks at the room. */
  readonly attentive: ReadonlySignal<boolean>;
  readonly changed: () => void;
  /** The wait after a refusal of older messages is over. */
  readonly retryOlder: () => void;
}

/** The loaded messages of a room. They are loaded when the room is opened, and live changes keep them complete. */
export class RoomMessages {
  readonly history: HistoryLoader;
  /** The server has no older messages. */
  readonly startReached = signal(false);
  private readonly sync: LogSync;
  /** The person opened the room, so its messages are kept complete. */
  private opened = false;
  /** The room's last numbers that the server named. */
  private lastVer = 0;
  private namedSeq = 0;

  constructor(
    private readonly room: string,
    private readonly options: RoomMessagesOptions,
  ) {
    const { clock, random, ask, changed, attentive, retryOlder } = options;
    this.sync = new LogSync(clock, (since_ver, limit) => ask('sync', { room, since_ver, limit }), changed);
    this.history = new HistoryLoader({
      clock,
      random,
      ask: (position, limit) => ask('history', { room, ...position, limit }),
      loaded: (kind, page) => {
        // The room left the memory meanwhile.
        if (!this.opened) return;
        if (kind === 'newest') {
          const to = page.ver ?? this.lastVer;
          this.delta({ limited: true, page: page.messages, to, more: page.more }, page.messages.at(-1)?.seq ?? 0, '');
          this.sync.catchUp(this.lastVer);
        } else {
          this.sync.log.history(page.messages);
        }
        if (kind === 'older' && page.messages.length === 0) this.startReached.value = true;
        changed();
      },
      retry: (kind) => {
        if (kind === 'newest') this.catchUp();
        // Without attention the next `attention(true)` asks.
        else if (attentive.peek()) retryOlder();
      },
    });
  }

  get log() {
    return this.sync.log;
  }

  /** The newest `seq` of the room, loaded or not. */
  get lastSeq(): number {
    return Math.max(this.namedSeq, this.log.lastSeq);
  }

  get numbers(): { last_seq: number; last_ver: number } {
    return { last_seq: this.lastSeq, last_ver: Math.max(this.lastVer, this.log.ver) };
  }

  /** The newest message of the room is loaded. */
  get complete(): boolean {
    return this.log.ready && this.log.lastSeq >= this.namedSeq;
  }

  /** The `ver` up to which every change is here; undefined while nothing is loaded. */
  get version(): number | undefined {
    return this.log.ready ? this.log.ver : undefined;
  }

  /** The person opens the room: shows what this browser kept, and loads the rest. */
  open(): void {
    this.opened = true;
    const kept = this.log.ready ? undefined : this.options.kept();
    if (kept) {
      this.log.restore(kept.messages, kept.ver);
      this.options.changed();
    }
    this.catchUp();
  }

  /** Loads what is missing, if the room is open. */
  catchUp(): void {
    if (!this.opened || this.history.loading.peek() === 'newest') return;
    if (!this.log.ready || this.lastVer - this.log.ver > SYNC_LIMIT) {
      this.history.stopWaiting();
      void this.history.load('newest', {});
    } else {
      this.sync.catchUp(this.lastVer);
    }
  }

  /** The server named the room's last numbers. */
  named(lastSeq: number, lastVer: number): void {
    this.namedSeq = Math.max(this.namedSeq, lastSeq);
    this.lastVer = Math.max(this.lastVer, lastVer);
  }

  /** The changes from `hello`. Returns the number of missed messages of others. */
  delta(delta: Delta, lastSeq: number, me: string): number {
    this.opened = true;
    const [outdated] = this.log.ready ? this.log.messages : [];
    const missed = this.log.delta(delta, lastSeq, me);
    if (delta.limited && outdated) void this.reload(delta.page[0]?.seq ?? 0);
    return missed;
  }

  private async reload(from: number): Promise<void> {
    const { room, options } = this;
    await reloadOlder(this.log, from, (before, limit) => options.ask('history', { room, before, limit }));
    options.changed();
  }

  event(event: RoomEvent): void {
    this.named(event.seq, event.ver);
    if (this.opened) this.sync.event(event);
  }

  /** The server named this `ver` in an answer. */
  expect(ver: number): void {
    if (this.opened) this.sync.expect(ver);
  }

  connectionLost(): void {
    this.sync.connectionLost();
    this.history.stopWaiting();
  }

  /** The page holds many rooms: forgets the messages of this one until it is opened again. */
  unload(): void {
    this.opened = false;
    this.sync.connectionLost();
    this.log.reset();
    this.startReached.value = false;
  }

  /** The database was restored: forgets everything. */
  reset(): void {
    this.log.reset();
    this.lastVer = 0;
    this.namedSeq = 0;
    this.startReached.value = false;
  }
}
