import type { Refusal } from '../net/contract';

/** `sent` means answered by the server, kept only until the message itself has come back. */
export type EntryState = 'queued' | 'sending' | 'sent' | 'failed';

/** One message of one's own on its way. What is stored is this record. */
export interface Entry {
  readonly cmid: string;
  readonly room: string;
  /** Who wrote it: another person on the same browser must never send it. */
  readonly owner: string;
  readonly ownerName: string;
  readonly text: string;
  /** When it was written. */
  readonly at: number;
  /** Order of writing on this browser, given by the store. */
  readonly n: number;
  readonly state: EntryState;
  /** How often it was sent without an answer that settles it. */
  readonly attempts: number;
  readonly reason?: Pick<Refusal, 'code' | 'message'>;
}

/** Where entries outlive the page. Every method may fail; the outbox then works from memory. */
export interface EntryStore {
  /** All entries in order of `n`. */
  all(): Promise<Entry[]>;
  /** Adds a new entry and gives it the next `n`. */
  add(entry: Entry): Promise<Entry>;
  put(entry: Entry): Promise<void>;
  remove(cmid: string): Promise<void>;
}
