import { backoff } from '../net/backoff';
import type { Cancel, Clock } from '../net/clock';
import type { Answer, Receipt, Refusal } from '../net/contract';
import type { Entry, EntryStore } from './entry';

export const ANSWER_MS = 10_000;
/** Older than this is not sent without asking. */
export const STALE_MS = 24 * 60 * 60 * 1000;

const STALE = { code: 'stale', message: 'Written more than a day ago. Send it now?' };
const OTHER_SESSION = { code: 'other_session', message: 'Written before you joined again. Send it now?' };

export interface Deps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly store: EntryStore;
  /** Sends one message and gives the server's answer; rejects when the line breaks. */
  readonly post: (entry: Entry) => Promise<Answer<Receipt>>;
  readonly uuid: () => string;
  /** Something changed. `stored`: other tabs should look as well. */
  readonly changed: (stored: boolean) => void;
  readonly answered: (entry: Entry, receipt: Receipt) => void;
}

interface Lane {
  /** The message in flight and the number of its flight, so that a late answer to an older flight is told apart. */
  flying: { cmid: string; flight: number; cancel: Cancel } | undefined;
  /** The message that waits before its next flight. */
  resting: { cmid: string; cancel: Cancel } | undefined;
}

/**
 * Messages on their way: queued → sending → sent | failed. In order per room, one in flight; without an answer
 * in 10 s the same `cmid` is sent again after a growing wait, at once when the line comes back. The server knows a
 * `cmid` for ever, so sending twice never makes two messages.
 */
export class Outbox {
  entries: readonly Entry[] = [];
  private owner: { id: string; name: string } | undefined;
  private online = false;
  private leading = false;
  private flights = 0;
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly deps: Deps) {}

  /** Reads what the store holds for this person; called at the start and when another tab changed something. */
  async load(owner: { id: string; name: string }): Promise<void> {
    if (this.owner && this.owner.id !== owner.id) this.entries = [];
    this.owner = owner;
    const known = new Set(this.entries.filter((e) => e.n > 0).map((e) => e.cmid));
    const stored = await this.deps.store.all().catch(() => undefined);
    if (!stored || this.owner.id !== owner.id) return;
    const mine = new Map(this.entries.map((e) => [e.cmid, e]));
    const next: Entry[] = [];
    for (const kept of stored) {
      const entry = this.adopt(kept);
      const own = mine.get(kept.cmid);
      mine.delete(kept.cmid);
      // Known before the reading and gone since: settled here while the store was read.
      if (entry && (own || !known.has(kept.cmid))) next.push(newer(own, entry));
    }
    for (const entry of mine.values()) {
      if (!known.has(entry.cmid) || entry.state === 'sent') next.push(entry);
      // Gone from the store: another tab settled it, and its message is about to arrive.
      else if (entry.state !== 'failed') next.push({ ...entry, state: 'sent' });
    }
    this.entries = next.sort(byOrder);
    this.deps.changed(false);
    this.pumpAll();
  }

  forget(): void {
    this.owner = undefined;
    this.entries = [];
    this.landAll();
    this.deps.changed(false);
  }

  /** The line is up and the server has answered `hello`, or it is gone. */
  setOnline(online: boolean): void {
    if (this.online === online) return;
    this.online = online;
    this.landAll();
    if (online) this.pumpAll();
  }

  /** This tab is the one that sends. */
  setLeading(leading: boolean): void {
    this.leading = leading;
    if (leading) this.pumpAll();
  }

  add(room: string, text: string): Entry {
    if (!this.owner) throw new Error('nobody is signed in');
    const entry: Entry = {
      cmid: this.deps.uuid(),
      room,
      owner: this.owner.id,
      ownerName: this.owner.name,
      text,
      at: this.deps.clock.now(),
      n: 0,
      state: 'queued',
      attempts: 0,
    };
    this.entries = [...this.entries, entry];
    this.deps.changed(false);
    void this.deps.store
      .add(entry)
      .then((kept) => this.update(entry.cmid, { n: kept.n }))
      // Without a store (private window, disk full) the message still goes out from memory.
      .catch(() => this.update(entry.cmid, { n: Number.MAX_SAFE_INTEGER }))
      .then(() => {
        this.deps.changed(true);
        this.pump(room);
      });
    return entry;
  }

  /** Sends a failed message again, as the same message. */
  retry(cmid: string): void {
    const entry = this.find(cmid);
    if (entry?.state !== 'failed') return;
    const { reason: _, ...rest } = entry;
    this.replace({ ...rest, at: this.deps.clock.now(), state: 'queued', attempts: 0 });
    this.keep(cmid);
    this.pump(entry.room);
  }

  /** Takes a failed message out and gives its text back, for changing or for nothing. */
  discard(cmid: string): string | undefined {
    const entry = this.find(cmid);
    if (entry?.state !== 'failed') return undefined;
    this.drop(cmid);
    return entry.text;
  }

  /** The message itself arrived in the room: whatever became of the answer, it is sent. */
  arrived(cmid: string): void {
    const entry = this.find(cmid);
    if (!entry) return;
    this.land(entry.room, cmid);
    this.drop(cmid);
    this.pump(entry.room);
  }

  private adopt(entry: Entry): Entry | undefined {
    const owner = this.owner;
    if (!owner) return undefined;
    if (entry.owner !== owner.id) {
      if (entry.ownerName !== owner.name) return undefined;
      return { ...entry, owner: owner.id, state: 'failed', reason: OTHER_SESSION };
    }
    return entry.state === 'failed' ? entry : { ...entry, state: 'queued' };
  }

  private pumpAll(): void {
    for (const room of new Set(this.entries.map((e) => e.room))) this.pump(room);
  }

  private pump(room: string): void {
    const lane = this.lane(room);
    if (!this.online || !this.leading || lane.flying || lane.resting) return;
    const head = this.entries.find((e) => e.room === room && e.state === 'queued');
    // The head waits for its place in the store: what is sent must outlive a crash of the page.
    if (!head || head.n === 0) return;
    if (this.deps.clock.now() - head.at > STALE_MS) {
      this.fail(head.cmid, STALE);
      this.pump(room);
      return;
    }
    const flight = ++this.flights;
    const timer = this.deps.clock.after(ANSWER_MS, () => this.settle(head, flight, undefined));
    lane.flying = { cmid: head.cmid, flight, cancel: timer };
    this.replace({ ...head, state: 'sending' });
    this.deps.post(head).then(
      (answer) => this.settle(head, flight, answer),
      () => this.settle(head, flight, undefined),
    );
  }

  private settle(head: Entry, flight: number, answer: Answer<Receipt> | undefined): void {
    if (answer?.ok === true && this.find(head.cmid)?.state !== 'sent') {
      // Even a late answer to an earlier flight says that the message is stored.
      this.land(head.room, head.cmid);
      this.update(head.cmid, { state: 'sent' });
      void this.deps.store.remove(head.cmid).catch(() => undefined).then(() => this.deps.changed(true));
      this.deps.answered(head, answer);
      this.pump(head.room);
      return;
    }
    const lane = this.lane(head.room);
    if (lane.flying?.flight !== flight) return;
    this.land(head.room, head.cmid);
    const refusal = answer && answer.ok !== true ? answer.err : undefined;
    if (refusal?.permanent) this.fail(head.cmid, refusal);
    else this.rest(head, refusal?.retry_after_ms ?? 0);
    this.pump(head.room);
  }

  private fail(cmid: string, refusal: Pick<Refusal, 'code' | 'message'>): void {
    this.update(cmid, { state: 'failed', reason: { code: refusal.code, message: refusal.message } });
    this.keep(cmid);
  }

  private rest(head: Entry, atLeast: number): void {
    const attempts = (this.find(head.cmid)?.attempts ?? 0) + 1;
    this.update(head.cmid, { state: 'queued', attempts });
    const lane = this.lane(head.room);
    const cancel = this.deps.clock.after(Math.max(atLeast, backoff(attempts, this.deps.random)), () => {
      lane.resting = undefined;
      this.pump(head.room);
    });
    lane.resting = { cmid: head.cmid, cancel };
  }

  /** Nothing is in flight any more for this message; what was in flight may be sent again. */
  private land(room: string, cmid: string): void {
    const lane = this.lane(room);
    if (lane.resting?.cmid === cmid) {
      lane.resting.cancel();
      lane.resting = undefined;
    }
    if (lane.flying?.cmid !== cmid) return;
    lane.flying.cancel();
    lane.flying = undefined;
  }

  private landAll(): void {
    for (const lane of this.lanes.values()) {
      lane.flying?.cancel();
      lane.resting?.cancel();
    }
    this.lanes.clear();
    if (!this.entries.some((e) => e.state === 'sending')) return;
    this.entries = this.entries.map((e) => (e.state === 'sending' ? { ...e, state: 'queued' } : e));
    this.deps.changed(false);
  }

  private lane(room: string): Lane {
    let lane = this.lanes.get(room);
    if (!lane) this.lanes.set(room, (lane = { flying: undefined, resting: undefined }));
    return lane;
  }

  private find(cmid: string): Entry | undefined {
    return this.entries.find((e) => e.cmid === cmid);
  }

  private update(cmid: string, change: Partial<Entry>): void {
    const entry = this.find(cmid);
    if (entry) this.replace({ ...entry, ...change });
  }

  private replace(entry: Entry): void {
    this.entries = this.entries.map((e) => (e.cmid === entry.cmid ? entry : e));
    this.deps.changed(false);
  }

  private keep(cmid: string): void {
    const entry = this.find(cmid);
    if (entry) void this.deps.store.put(entry).catch(() => undefined).then(() => this.deps.changed(true));
  }

  private drop(cmid: string): void {
    this.entries = this.entries.filter((e) => e.cmid !== cmid);
    this.deps.changed(false);
    void this.deps.store.remove(cmid).catch(() => undefined).then(() => this.deps.changed(true));
  }
}

/** What this tab knows of its own flights is newer than the store; failing and retrying elsewhere is read from it. */
function newer(own: Entry | undefined, kept: Entry): Entry {
  if (!own || own.state === 'failed') return kept;
  return kept.state === 'failed' && own.state !== 'sent' ? kept : { ...own, n: kept.n };
}

/** What has no place yet is the newest. */
function byOrder(a: Entry, b: Entry): number {
  return (a.n || Number.MAX_SAFE_INTEGER) - (b.n || Number.MAX_SAFE_INTEGER) || a.at - b.at;
}
