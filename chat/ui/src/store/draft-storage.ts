import type { KeyValueStorage } from '../browser/key-value-storage';
import type { Person } from '../net/contract';
import type { Owned, OwnedRecords } from '../storage/owned-records';

const PREFIX = 'draft.';

export interface DraftRecord extends Owned {
  /** A person can have another id in the next session, and finds the draft again by name. */
  readonly ownerName: string;
  readonly text: string;
}

/**
 * Keeps the drafts of a person over reloads, one for each room. `tab` belongs to this tab and answers at once. `shared`
 * gives a new tab the last draft of the browser. A tab never removes another tab's draft, and no person reads another
 * person's.
 */
export class DraftStorage {
  private person: Person | undefined;
  /** The latest text of each room that is not written to `shared` yet. */
  private readonly waiting = new Map<string, { readonly before: string; readonly text: string }>();
  private writing = false;

  constructor(
    private readonly tab: KeyValueStorage,
    private readonly shared: OwnedRecords<DraftRecord>,
  ) {}

  /**
   * This person signed in. Takes over the drafts of an ended session with the same name, and removes all others.
   * Resolves with the drafts of the browser: room → text.
   */
  async begin(person: Person): Promise<ReadonlyMap<string, string>> {
    this.person = person;
    for (const key of this.tab.keys()) {
      if (!key.startsWith(PREFIX)) continue;
      const [id = '', ...room] = key.slice(PREFIX.length).split('.');
      if (id === person.id) continue;
      const { name, text } = parse(this.tab.get(key));
      this.tab.set(key, undefined);
      const own = this.key(room.join('.'));
      if (name === person.name && this.tab.get(own) === undefined) this.tab.set(own, label(person, text));
    }
    return this.readShared(person);
  }

  /** The draft of this tab; undefined when nothing was written in it. */
  read(room: string): string | undefined {
    const value = this.tab.get(this.key(room));
    return value === undefined ? undefined : parse(value).text;
  }

  /** `before` is the text that this one replaces. */
  write(room: string, text: string, before: string): void {
    if (!this.person) return;
    this.tab.set(this.key(room), label(this.person, text));
    this.waiting.set(room, { before: this.waiting.get(room)?.before ?? before, text });
    void this.writeShared();
  }

  /** The person left: removes their drafts. */
  clear(): void {
    if (!this.person) return;
    const own = this.key('');
    for (const key of this.tab.keys()) if (key.startsWith(own)) this.tab.set(key, undefined);
    this.waiting.clear();
    void this.shared.clear(this.person.id).catch(() => undefined);
    this.person = undefined;
  }

  private async readShared(person: Person): Promise<ReadonlyMap<string, string>> {
    const drafts = new Map<string, string>();
    const records = await this.shared.all().catch(() => []);
    if (this.person?.id !== person.id) return drafts;
    for (const record of records) {
      const own = record.owner === person.id;
      if (own || (record.ownerName === person.name && !drafts.has(record.room))) drafts.set(record.room, record.text);
      if (own) continue;
      void this.shared.remove(record.owner, record.room).catch(() => undefined);
      const text = drafts.get(record.room);
      if (text !== undefined) void this.put(person, record.room, text);
    }
    return drafts;
  }

  /** One write at a time. Each takes the latest text of a room. */
  private async writeShared(): Promise<void> {
    if (this.writing) return;
    this.writing = true;
    for (let next = this.take(); next && this.person; next = this.take()) {
      const { room, before, text } = next;
      if (text !== '') await this.put(this.person, room, text);
      else await this.shared.remove(this.person.id, room, (record) => record.text === before).catch(() => undefined);
    }
    this.writing = false;
  }

  private take(): { room: string; before: string; text: string } | undefined {
    for (const [room, change] of this.waiting) {
      this.waiting.delete(room);
      return { room, ...change };
    }
    return undefined;
  }

  private async put(person: Person, room: string, text: string): Promise<void> {
    await this.shared.put({ owner: person.id, room, ownerName: person.name, text }).catch(() => undefined);
  }

  private key(room: string): string {
    return `${PREFIX}${this.person?.id ?? ''}.${room}`;
  }
}

/** The name is stored with the text, because a person has another id in each session. A name has no line breaks. */
function label(person: Person, text: string): string {
  return `${person.name}\n${text}`;
}

function parse(value: string | undefined): { name: string; text: string } {
  const end = value?.indexOf('\n') ?? -1;
  return value === undefined || end < 0 ? { name: '', text: '' } : { name: value.slice(0, end), text: value.slice(end + 1) };
}
