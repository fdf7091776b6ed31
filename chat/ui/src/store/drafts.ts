import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Person } from '../net/contract';
import type { DraftStorage } from './draft-storage';

/** The text in the composer of each room. Reloads keep it. */
export class Drafts {
  private readonly texts = signal<ReadonlyMap<string, Signal<string>>>(new Map());
  private author: Person | undefined;

  /** The rooms with a draft. */
  readonly rooms: ReadonlySignal<ReadonlySet<string>> = computed(
    () => new Set([...this.texts.value].filter(([, text]) => text.value.trim() !== '').map(([room]) => room)),
  );

  constructor(private readonly storage: DraftStorage) {}

  /** This person signed in. A person with another name does not see the earlier drafts. */
  begin(person: Person): void {
    if (this.author?.id === person.id) return;
    const sameName = this.author?.name === person.name;
    const reading = this.storage.begin(person);
    this.author = person;
    for (const [room, text] of this.texts.peek()) {
      if (sameName) this.storage.write(room, text.peek(), '');
      else text.value = this.storage.read(room) ?? '';
    }
    void reading.then((drafts) => {
      if (this.author?.id !== person.id) return;
      // The text of this tab is newer.
      for (const [room, text] of drafts) if (this.storage.read(room) === undefined) this.of(room).value = text;
    });
  }

  /** The person left. */
  clear(): void {
    this.storage.clear();
    this.author = undefined;
    for (const text of this.texts.peek().values()) text.value = '';
  }

  text(room: string): ReadonlySignal<string> {
    return this.of(room);
  }

  write(room: string, text: string): void {
    const signal = this.of(room);
    this.storage.write(room, text, signal.peek());
    signal.value = text;
  }

  /** Puts the text of a message that was not sent above the current draft. */
  putBack(room: string, text: string): void {
    const now = this.of(room).peek();
    this.write(room, now === '' ? text : `${text}\n${now}`);
  }

  private of(room: string): Signal<string> {
    const known = this.texts.peek().get(room);
    if (known) return known;
    const text = signal(this.storage.read(room) ?? '');
    this.texts.value = new Map([...this.texts.peek(), [room, text]]);
    return text;
  }
}
