import type { Delta, Message, RoomEvent } from '../net/contract';

/** The most changes that wait for earlier ones. With one more the room is synced at once. */
export const HOLD_LIMIT = 50;
/** The time in which missing changes may arrive before the room is synced. */
export const HOLD_MS = 250;
/** The most messages in memory. The oldest are removed first, and history loads them again. */
export const KEEP = 2_000;

export type Applied = 'applied' | 'dropped' | 'held' | 'overflow';

/**
 * The loaded messages of one room in order of `seq`, and the `ver` up to which every change is applied. `seq` numbers
 * are consecutive, so a larger step between two messages is a gap that can be loaded.
 */
export class RoomLog {
  messages: readonly Message[] = [];
  /** Every change up to this one is applied; -1 before the first snapshot. */
  ver = -1;
  /** The newest `seq` of the room, loaded or not. */
  lastSeq = 0;
  private held = new Map<number, RoomEvent>();

  get ready(): boolean {
    return this.ver >= 0;
  }

  get holding(): boolean {
    return this.held.size > 0;
  }

  /** The newest loaded `seq`, or `lastSeq` when no message is loaded. */
  get newest(): number {
    return this.messages.at(-1)?.seq ?? this.lastSeq;
  }

  get firstLoaded(): number {
    return this.messages[0]?.seq ?? this.lastSeq + 1;
  }

  /** A live change: the next one is applied, an old one dropped, a later one held until the missing ones arrive. */
  apply(event: RoomEvent): Applied {
    if (event.ver <= this.ver) return 'dropped';
    if (!this.ready || event.ver !== this.ver + 1) {
      if (this.held.size >= HOLD_LIMIT && !this.held.has(event.ver)) {
        this.held.clear();
        return 'overflow';
      }
      this.held.set(event.ver, event);
      return 'held';
    }
    this.take([event.m], event.ver);
    this.drain();
    return 'applied';
  }

  /**
   * Changes in order of `ver` up to and including `to`, each message once in its newest form. A new message that was
   * edited later comes late in that order, so `floor` is the newest `seq` before the first page.
   */
  sync(changes: readonly Message[], to: number, floor = this.newest): void {
    this.take(changes, to, floor);
    this.drain();
  }

  /** The changes from `hello`. Returns the number of new messages of others than `me`. */
  delta(delta: Delta, lastSeq: number, me: string): number {
    const before = this.lastSeq;
    const first = !this.ready;
    if (delta.limited === true) {
      // An older form of a message may be loaded already. Messages between the loaded ones and the page stay a gap.
      this.insert(delta.page);
      this.ver = Math.max(this.ver, delta.to);
    } else {
      this.take(delta.changes, delta.to);
    }
    this.lastSeq = Math.max(this.lastSeq, lastSeq);
    this.drain();
    if (first) return 0;
    const own = this.messages.filter((m) => m.seq > before && m.sender.id === me).length;
    return Math.max(0, this.lastSeq - before - own);
  }

  /** The messages that this browser kept, with every change up to `ver`. */
  restore(messages: readonly Message[], ver: number): void {
    this.messages = messages;
    this.ver = ver;
    this.lastSeq = messages.at(-1)?.seq ?? 0;
    this.drain();
  }

  /** A page of history, from any place in the room. */
  history(page: readonly Message[]): void {
    this.insert(page);
  }

  /** Forgets the messages before this `seq`. History loads them again. */
  forgetBefore(seq: number): void {
    this.messages = this.messages.filter((m) => m.seq >= seq);
  }

  /** Forgets everything. */
  reset(): void {
    this.messages = [];
    this.ver = -1;
    this.lastSeq = 0;
    this.held.clear();
  }

  /** Removes the oldest messages beyond KEEP. */
  trim(): void {
    if (this.messages.length > KEEP) this.messages = this.messages.slice(-KEEP);
  }

  private drain(): void {
    for (const ver of this.held.keys()) if (ver <= this.ver) this.held.delete(ver);
    for (let next = this.held.get(this.ver + 1); next; next = this.held.get(this.ver + 1)) {
      this.held.delete(next.ver);
      this.take([next.m], next.ver);
    }
  }

  /** Replaces loaded messages and appends new ones. A change inside a gap is left out until the gap is loaded. */
  private take(changes: readonly Message[], to: number, floor = this.newest): void {
    const loaded = new Set(this.messages.map((m) => m.seq));
    this.insert(changes.filter((m) => m.seq > floor || loaded.has(m.seq)));
    for (const m of changes) this.lastSeq = Math.max(this.lastSeq, m.seq);
    this.ver = Math.max(this.ver, to);
  }

  private insert(batch: readonly Message[]): void {
    if (batch.length === 0) return;
    const last = this.messages.at(-1)?.seq ?? 0;
    const only = batch[0];
    if (batch.length === 1 && only && only.seq > last) {
      this.messages = [...this.messages, only];
      return;
    }
    const bySeq = new Map(this.messages.map((m) => [m.seq, m]));
    for (const m of batch) {
      const have = bySeq.get(m.seq);
      if (!have || have.ver < m.ver) bySeq.set(m.seq, m);
    }
    this.messages = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  }
}
