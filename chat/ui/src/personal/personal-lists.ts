import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { MeEvent, Message, Query, Reply } from '../net/contract';
import type { PersonalEvents, Saved, Scheduled } from '../net/personal-contract';
import { problemOf } from '../net/problem';

/** The text of a saved message; `gone`: the person may not read it. */
export type SavedText = Message | 'gone';

export interface PersonalListsOptions {
  readonly ask: <E extends keyof PersonalEvents>(event: E, query: Query<E>) => Promise<Reply<E>>;
  /** The time of a reminder has just come. */
  readonly reminded: (saved: Saved) => void;
  /** A scheduled message was just refused. */
  readonly failed: (message: Scheduled) => void;
  /** The person saves a message, or removes it from the list. */
  readonly toggled: (room: string, seq: number) => void;
}

/** The messages that one request reads. */
const READ_LIMIT = 50;

export const savedKey = (room: string, seq: number) => `${room}/${seq}`;

/** The saved and scheduled messages of the person: a snapshot of the server, kept up to date by `me.ev`. */
export class PersonalLists {
  private readonly savedByKey = signal<ReadonlyMap<string, Saved>>(new Map());
  private readonly waiting = signal<ReadonlyMap<string, Scheduled>>(new Map());
  private readonly read = signal<ReadonlyMap<string, SavedText>>(new Map());
  private readonly loaded = signal(false);
  /** Every event up to this one is in the lists. */
  private ver = -1;
  private requests = 0;
  /** Events that came since the last request, and may be newer than its answer. */
  private recent: MeEvent[] = [];
  private readonly reading = new Set<string>();

  constructor(private readonly options: PersonalListsOptions) {}

  /** Reminders that are due first, then the last saved first. */
  readonly saved: ReadonlySignal<readonly Saved[]> = computed(() =>
    [...this.savedByKey.value.values()].sort(
      (a, b) => Number(b.due ?? false) - Number(a.due ?? false) || b.saved_at - a.saved_at || b.seq - a.seq,
    ),
  );
  /** The next one first; those that were refused before all others. */
  readonly scheduled: ReadonlySignal<readonly Scheduled[]> = computed(() =>
    [...this.waiting.value.values()].sort(
      (a, b) => Number(b.failure !== undefined) - Number(a.failure !== undefined) || a.send_at - b.send_at,
    ),
  );
  /** Reminders that the person has not dealt with. */
  readonly due: ReadonlySignal<number> = computed(() => this.saved.value.filter((each) => each.due).length);
  /** Scheduled messages that were refused. */
  readonly refused: ReadonlySignal<number> = computed(() => this.scheduled.value.filter((each) => each.failure).length);

  /** The server has answered. */
  get known(): ReadonlySignal<boolean> {
    return this.loaded;
  }

  get texts(): ReadonlySignal<ReadonlyMap<string, SavedText>> {
    return this.read;
  }

  of(room: string, seq: number): Saved | undefined {
    return this.savedByKey.value.get(savedKey(room, seq));
  }

  inRoom(room: string): readonly Scheduled[] {
    return this.scheduled.value.filter((each) => each.room === room);
  }

  async load(): Promise<void> {
    const request = ++this.requests;
    this.recent = [];
    const answer = await this.options.ask('personal', {}).catch(() => undefined);
    if (request !== this.requests || answer?.ok !== true) return;
    this.savedByKey.value = new Map(answer.saved.map((each) => [savedKey(each.room, each.seq), each]));
    this.waiting.value = new Map(answer.scheduled.map((each) => [each.cmid, each]));
    this.ver = answer.me_ver;
    this.loaded.value = true;
    for (const event of this.recent) this.apply(event, false);
    // The texts may have changed while the page was not connected.
    this.read.value = new Map();
  }

  event(event: MeEvent): void {
    if (!this.loaded.peek() || event.ver > this.ver) this.recent.push(event);
    if (this.loaded.peek()) this.apply(event, true);
  }

  /** A message of a room changed. */
  changed(room: string, message: Message): void {
    const key = savedKey(room, message.seq);
    if (this.read.peek().has(key)) this.read.value = new Map(this.read.peek()).set(key, message);
  }

  clear(): void {
    this.requests++;
    this.ver = -1;
    this.loaded.value = false;
    this.savedByKey.value = new Map();
    this.waiting.value = new Map();
    this.read.value = new Map();
  }

  /** Reads the texts of these messages that are not known yet. */
  async readTexts(list: readonly Saved[]): Promise<void> {
    const wanted = list
      .filter(({ room, seq }) => !this.read.peek().has(savedKey(room, seq)) && !this.reading.has(savedKey(room, seq)))
      .slice(0, READ_LIMIT);
    if (wanted.length === 0) return;
    const keys = wanted.map(({ room, seq }) => savedKey(room, seq));
    for (const key of keys) this.reading.add(key);
    const answer = await this.options
      .ask('saved.read', { of: wanted.map(({ room, seq }) => ({ room, seq })) })
      .catch(() => undefined);
    for (const key of keys) this.reading.delete(key);
    if (answer?.ok !== true) return;
    const read = new Map(this.read.peek());
    for (const key of keys) read.set(key, 'gone');
    for (const { room, m } of answer.results) read.set(savedKey(room, m.seq), m);
    this.read.value = read;
  }

  /** Saves a message, or removes it from the list, and tells the person. */
  toggle(room: string, seq: number): void {
    this.options.toggled(room, seq);
  }

  // The actions resolve with a problem for the person, or with undefined. The lists change by the event.

  save(room: string, seq: number, savedAt?: number): Promise<string | undefined> {
    return this.act('save', { room, seq, on: true, ...(savedAt !== undefined && { saved_at: savedAt }) });
  }

  unsave(room: string, seq: number): Promise<string | undefined> {
    return this.act('save', { room, seq, on: false });
  }

  /** Without a time the reminder is taken away. */
  remind(room: string, seq: number, at?: number): Promise<string | undefined> {
    return this.act('remind', { room, seq, ...(at !== undefined && { at }) });
  }

  schedule(message: Query<'later.add'>): Promise<string | undefined> {
    return this.act('later.add', message);
  }

  reschedule(cmid: string, change: { text?: string; send_at?: number }): Promise<string | undefined> {
    return this.act('later.set', { cmid, ...change });
  }

  cancel(cmid: string): Promise<string | undefined> {
    return this.act('later.cancel', { cmid });
  }

  sendNow(cmid: string): Promise<string | undefined> {
    return this.act('later.send', { cmid });
  }

  private async act<E extends keyof PersonalEvents>(event: E, query: Query<E>): Promise<string | undefined> {
    return problemOf(await this.options.ask(event, query).catch(() => undefined));
  }

  private apply(event: MeEvent, live: boolean): void {
    if (event.ver <= this.ver) return;
    this.ver = event.ver;
    switch (event.kind) {
      case 'saved': {
        const next = new Map(this.savedByKey.peek());
        const key = savedKey(event.room, event.seq);
        if (event.saved) next.set(key, event.saved);
        else next.delete(key);
        this.savedByKey.value = next;
        if (live && event.reminds && event.saved) this.options.reminded(event.saved);
        break;
      }
      case 'later': {
        const next = new Map(this.waiting.peek());
        if (event.scheduled) next.set(event.cmid, event.scheduled);
        else next.delete(event.cmid);
        this.waiting.value = next;
        if (live && event.scheduled?.failure) this.options.failed(event.scheduled);
        break;
      }
      case 'left':
      case 'room': {
        // The person may read other messages than before.
        const read = new Map([...this.read.peek()].filter(([key]) => !key.startsWith(`${event.room}/`)));
        if (read.size < this.read.peek().size) this.read.value = read;
        break;
      }
    }
  }
}
