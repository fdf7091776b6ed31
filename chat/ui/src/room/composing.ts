import { type ReadonlySignal, signal } from '@preact/signals';
import type { Message, Person, Quote } from '../net/contract';

export interface Editing {
  readonly seq: number;
  /** The `ver` of the message when the edit began. */
  readonly baseVer: number;
  /** The text that the edit began with. */
  readonly original: string;
  readonly mentions: readonly Person[];
}

/** The tasks of a room's composer besides a new message: a reply, or an edit of an earlier message. */
export class Composing {
  private readonly quote = signal<Quote | undefined>(undefined);
  private readonly edit = signal<Editing | undefined>(undefined);
  /** The text of the edit in the composer. The draft of a new message stays where it is. */
  readonly editText = signal('');

  get replyTo(): ReadonlySignal<Quote | undefined> {
    return this.quote;
  }

  get editing(): ReadonlySignal<Editing | undefined> {
    return this.edit;
  }

  reply(message: Pick<Message, 'seq' | 'sender' | 'text'>): void {
    this.edit.value = undefined;
    this.quote.value = { seq: message.seq, sender: message.sender, text: message.text.slice(0, 140) };
  }

  /** `text`: the text to begin with, with names in place of mentions. */
  beginEdit(editing: Editing, text: string): void {
    this.edit.value = editing;
    this.editText.value = text;
  }

  /** Leaves the edit, or else the reply. Returns false when there is neither. */
  leave(): boolean {
    if (this.edit.peek()) this.edit.value = undefined;
    else if (this.quote.peek()) this.quote.value = undefined;
    else return false;
    return true;
  }

  /** Leaves the edit; a reply stays. */
  endEdit(): void {
    this.edit.value = undefined;
  }

  /** The reply was sent. */
  endReply(): void {
    this.quote.value = undefined;
  }
}
