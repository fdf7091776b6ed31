import type { Person } from '../net/contract';
import { type Entry, type EntryStore, keyOf, type Operation } from './entry';
import { EntryList } from './entry-list';
import { earlierText } from './edit-base';
import { isStored, mergeStored } from './merge-stored';
import { Sender, type SenderOptions } from './sender';

export interface OutboxOptions extends SenderOptions {
  readonly store: EntryStore;
  readonly uuid: () => string;
  /** The entries changed. `stored`: other tabs should read the store again. */
  readonly changed: (stored: boolean) => void;
}

/**
 * One's own operations until their results are in the room: queued → sending → sent | failed. Each room sends in order,
 * one operation at a time. Without an answer in 10 s the same operation is sent again after a growing wait, or at once
 * after a reconnect. The server stores each `cmid` once, and every other operation has the same effect when repeated.
 */
export class Outbox {
  private readonly list: EntryList;
  private readonly sender: Sender;
  private owner: Person | undefined;

  constructor(private readonly options: OutboxOptions) {
    this.list = new EntryList(options.store, options.changed);
    this.sender = new Sender(this.list, options);
  }

  get entries(): readonly Entry[] {
    return this.list.entries;
  }

  /** Reads the stored entries of this person: at the start, and when another tab changed the store. */
  async load(owner: Person): Promise<void> {
    if (this.owner?.id !== owner.id) {
      this.list.set([]);
      this.sender.setLoaded(false);
    }
    this.owner = owner;
    const knownBefore = new Set(this.entries.filter(isStored).map((e) => e.id));
    const stored = await this.list.read();
    if (this.owner?.id !== owner.id) return;
    this.list.set(stored ? mergeStored({ owner, own: this.entries, stored, knownBefore }) : this.entries);
    this.sender.setLoaded(true);
  }

  /** The person left. */
  clear(): void {
    this.owner = undefined;
    this.list.set([]);
    this.sender.setLoaded(false);
  }

  /** True once the server has answered `hello`, false when the connection is lost. */
  setOnline(online: boolean): void {
    this.sender.setOnline(online);
  }

  /** Does this tab send for all tabs? */
  setLeading(leading: boolean): void {
    this.sender.setLeading(leading);
  }

  /** Adds a message with a new `cmid`. */
  send(room: string, message: Omit<Extract<Operation, { op: 'send' }>, 'op' | 'cmid'>): Entry {
    const cmid = this.options.uuid();
    return this.put(room, { ...message, op: 'send', cmid }, cmid);
  }

  /** Adds a change of a message. It waits for `holdMs` before it is sent, so that it can be discarded. */
  change(room: string, operation: Exclude<Operation, { op: 'send' }>, holdMs = 0): Entry {
    return this.put(room, operation, this.options.uuid(), holdMs);
  }

  /** Sends a failed entry again. `baseVer`: an edit is made on top of this form of the message. */
  retry(id: string, baseVer?: number): void {
    const entry = this.list.find(id);
    if (entry?.state !== 'failed') return;
    const { reason: _, ...rest } = entry;
    const again = { ...rest, at: this.options.clock.now(), state: 'queued', attempts: 0 } as Entry;
    this.list.replace(again.op === 'edit' && baseVer !== undefined ? { ...again, baseVer } : again);
    this.list.store(id);
    this.sender.sendNext(entry.room);
  }

  /** Removes an entry that is not on its way: it failed, or it is still held back. Returns it. */
  discard(id: string): Entry | undefined {
    const entry = this.list.find(id);
    const held = entry?.state === 'queued' && (entry.notBefore ?? 0) > this.options.clock.now();
    if (entry?.state !== 'failed' && !held) return undefined;
    this.list.remove(id);
    return entry;
  }

  /** The result is in the room, with or without an answer. */
  arrived(id: string): void {
    const entry = this.list.find(id);
    if (!entry) return;
    this.sender.release(entry);
    this.list.remove(id);
    this.sender.sendNext(entry.room);
  }

  private put(room: string, operation: Operation, id: string, holdMs = 0): Entry {
    if (!this.owner) throw new Error('the outbox has no owner: sign in first');
    const now = this.options.clock.now();
    const key = keyOf(room, operation);
    const earlier = earlierText(this.entries.find((e) => e.key === key));
    const entry: Entry = {
      ...operation,
      id,
      key,
      room,
      owner: this.owner.id,
      ownerName: this.owner.name,
      at: now,
      n: 0,
      state: 'queued',
      attempts: 0,
      ...(holdMs > 0 && { notBefore: now + holdMs }),
      ...(earlier !== undefined && { earlier }),
    };
    void this.list.add(entry).then(() => this.sender.sendNext(room));
    return entry;
  }
}
