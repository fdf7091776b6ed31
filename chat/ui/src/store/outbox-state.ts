import { type ReadonlySignal, signal } from '@preact/signals';
import type { Answer, Person } from '../net/contract';
import type { ChangeOperation, Entry, EntryStore, SendOperation } from '../outbox/entry';
import { Outbox } from '../outbox/outbox';
import type { Done } from '../outbox/sender';
import { type Locks, type SendingRequest, SendingTab } from '../outbox/sending-tab';
import { withTimeout } from '../outbox/store-timeout';
import type { Clock } from '../time/clock';

export interface OutboxStateOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly uuid: () => string;
  readonly store: EntryStore;
  readonly locks: Locks | undefined;
  /** Opens the channel to the other tabs; the result tells them that the outbox changed. */
  readonly openTabChannel: (heard: () => void) => () => void;
  readonly me: ReadonlySignal<Person | undefined>;
  readonly send: (entry: Entry) => Promise<Answer<Done>>;
  readonly answered: (entry: Entry, done: Done) => void;
}

/** The outbox as the page shows it, shared with the other tabs of this browser. */
export class OutboxState {
  private readonly outbox: Outbox;
  private readonly sendingTab: SendingTab;
  private readonly list = signal<readonly Entry[]>([]);
  private readonly storageRefused = signal(false);

  constructor(private readonly options: OutboxStateOptions) {
    const { clock, random, uuid, store, locks, openTabChannel, answered } = options;
    const reload = () => void this.reload();
    const tellOtherTabs = openTabChannel(reload);
    this.outbox = new Outbox({
      clock,
      random,
      uuid,
      store: withTimeout(store, clock, reload),
      send: async (entry) => {
        const answer = await options.send(entry);
        this.storageRefused.value = answer.ok !== true && answer.err.code === 'storage';
        return answer;
      },
      changed: (stored) => {
        this.list.value = this.outbox.entries;
        if (!this.outbox.entries.some((e) => e.state === 'queued' || e.state === 'sending')) this.storageRefused.value = false;
        if (stored) tellOtherTabs();
      },
      answered,
    });
    this.sendingTab = new SendingTab(
      'natter-outbox',
      (leading) => {
        this.outbox.setLeading(leading);
        if (leading) reload();
      },
      locks,
    );
  }

  get entries(): ReadonlySignal<readonly Entry[]> {
    return this.list;
  }

  /** The server could not store the last message that was sent. */
  get serverCannotStore(): ReadonlySignal<boolean> {
    return this.storageRefused;
  }

  send(room: string, message: Omit<SendOperation, 'op' | 'cmid'>): Entry {
    return this.outbox.send(room, message);
  }

  /** Changes a message. The change waits for `holdMs` before it is sent, so that it can be discarded. */
  change(room: string, operation: ChangeOperation, holdMs = 0): Entry {
    return this.outbox.change(room, operation, holdMs);
  }

  /** Sends a failed entry again. `baseVer`: an edit is made on top of this form of the message. */
  retry(id: string, baseVer?: number): void {
    this.outbox.retry(id, baseVer);
  }

  /** Removes an entry that failed or is still held back, and returns it. */
  discard(id: string): Entry | undefined {
    return this.outbox.discard(id);
  }

  setOnline(online: boolean): void {
    this.outbox.setOnline(online);
  }

  requestSending(request: SendingRequest): void {
    this.sendingTab.request(request);
  }

  /** Removes the entries whose result is in its room, whether or not they were answered. */
  removeArrived(isInRoom: (entry: Entry) => boolean): void {
    for (const entry of this.outbox.entries) if (isInRoom(entry)) this.outbox.arrived(entry.id);
  }

  /** Reads the store again: after sign-in, and when another tab changed it. */
  async reload(): Promise<void> {
    const me = this.options.me.peek();
    if (me) await this.outbox.load(me);
  }

  clear(): void {
    this.outbox.setOnline(false);
    this.outbox.clear();
  }
}
