import type { Person, RoomHead } from '../net/contract';
import type { KeptMessages } from '../room/room-messages';
import type { Owned, OwnedRecords } from '../storage/owned-records';
import type { Cancel, Clock } from '../time/clock';

/** The number of messages that this browser keeps of each room. */
export const KEPT_MESSAGES = 50;
/** The number of rooms whose messages this browser keeps. */
export const KEPT_ROOMS = 50;
/** The wait before a change is written, so that changes of one moment are one write. */
export const WRITE_SOON_MS = 50;
/** The time between two writes in a busy room. */
export const WRITE_MS = 1_000;

/** The heads of all rooms are in the record with an empty room. */
const HEADS = '';

export interface CacheRecord extends Owned {
  readonly epoch: string;
  /** The time of writing. */
  readonly at: number;
  readonly heads?: readonly RoomHead[];
  readonly kept?: KeptMessages;
}

/** The state that the cache writes; undefined when there is nothing to keep. */
export interface CacheSource {
  heads(): readonly RoomHead[] | undefined;
  kept(room: string): KeptMessages | undefined;
}

/** Keeps the rooms and their last messages in this browser, so that the page draws before the server answers. */
export class RoomCache {
  private owner: string | undefined;
  private epoch: string | undefined;
  private readonly records = new Map<string, CacheRecord>();
  private readonly changed = new Set<string>();
  private timer: Cancel | undefined;
  private wroteAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: OwnedRecords<CacheRecord>,
    private readonly clock: Clock,
    private readonly source: CacheSource,
  ) {}

  /** Reads what was kept for this person, and removes what was kept for others. Resolves with the kept heads. */
  async begin(person: Person): Promise<{ epoch: string; heads: readonly RoomHead[] } | undefined> {
    this.owner = person.id;
    this.records.clear();
    const all = await this.store.all().catch(() => []);
    if (this.owner !== person.id) return undefined;
    const first = all.find((record) => record.owner === person.id && record.room === HEADS);
    for (const record of all) {
      if (record.owner === person.id && record.epoch === first?.epoch) this.records.set(record.room, record);
      else void this.forget(record.owner, record.room);
    }
    if (!first?.heads) return undefined;
    this.epoch = first.epoch;
    return { epoch: first.epoch, heads: first.heads };
  }

  /** The server named its database. The cache of another database is removed. */
  setEpoch(epoch: string): void {
    if (this.epoch !== epoch) for (const room of [...this.records.keys()]) this.remove(room);
    this.epoch = epoch;
  }

  kept(room: string): KeptMessages | undefined {
    return this.records.get(room)?.kept;
  }

  /** The list of rooms changed. */
  headsChanged(): void {
    this.roomChanged(HEADS);
  }

  /** The messages of a room changed. */
  roomChanged(room: string): void {
    if (this.epoch === undefined) return;
    this.changed.add(room);
    const pause = this.wroteAt + WRITE_MS - this.clock.now();
    this.timer ??= this.clock.after(Math.max(WRITE_SOON_MS, pause), () => this.write());
  }

  remove(room: string): void {
    this.changed.delete(room);
    this.records.delete(room);
    if (this.owner !== undefined) void this.forget(this.owner, room);
  }

  /** The person left. */
  clear(): void {
    if (this.owner !== undefined) void this.store.clear(this.owner).catch(() => undefined);
    this.owner = undefined;
    this.epoch = undefined;
    this.records.clear();
    this.changed.clear();
    this.timer?.();
    this.timer = undefined;
  }

  /** Writes now what has changed. */
  write(): void {
    this.timer?.();
    this.timer = undefined;
    const { owner, epoch } = this;
    if (owner === undefined || epoch === undefined) return;
    this.wroteAt = this.clock.now();
    for (const room of this.changed) {
      const base = { owner, room, epoch, at: this.clock.now() };
      const heads = room === HEADS ? this.source.heads() : undefined;
      const kept = room === HEADS ? undefined : this.source.kept(room);
      if (heads) this.put({ ...base, heads });
      else if (kept) this.put({ ...base, kept });
    }
    this.changed.clear();
    this.removeOldest();
  }

  private put(record: CacheRecord): void {
    this.records.set(record.room, record);
    void this.store.put(record).catch(() => undefined);
  }

  private removeOldest(): void {
    const rooms = [...this.records.values()].filter((record) => record.room !== HEADS).sort((a, b) => b.at - a.at);
    for (const { room } of rooms.slice(KEPT_ROOMS)) this.remove(room);
  }

  private async forget(owner: string, room: string): Promise<void> {
    await this.store.remove(owner, room).catch(() => undefined);
  }
}
