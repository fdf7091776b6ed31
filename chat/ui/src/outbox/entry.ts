import type { Message, Person, Quote, Refusal } from '../net/contract';

/** `sent`: the server has answered. The entry is kept until its change itself arrives. */
export type EntryState = 'queued' | 'sending' | 'sent' | 'failed';

export interface SendOperation {
  readonly op: 'send';
  /** The sender's id for the message; the server stores a `cmid` once. */
  readonly cmid: string;
  readonly text: string;
  readonly replyTo?: Quote;
  /** The people of the mentions in the text. */
  readonly mentions?: readonly Person[];
  /** They are uploaded before the message is sent. */
  readonly files?: readonly OutgoingFile[];
}

/** A file of a message that the server does not have yet. */
export interface OutgoingFile {
  /** The client's own id for the upload. */
  readonly token: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
  readonly alt?: string;
}

export interface EditOperation {
  readonly op: 'edit';
  readonly seq: number;
  /** The `ver` of the message that the author changed. */
  readonly baseVer: number;
  readonly text: string;
  readonly mentions?: readonly Person[];
  /** The text of an earlier edit that this one replaces, and that may have reached the server. */
  readonly earlier?: string;
}

export interface DeleteOperation {
  readonly op: 'del';
  readonly seq: number;
}

export interface ReactOperation {
  readonly op: 'react';
  readonly seq: number;
  readonly emoji: string;
  readonly on: boolean;
}

export interface PinOperation {
  readonly op: 'pin';
  readonly seq: number;
  readonly on: boolean;
}

/** A change of a message that is in the room. */
export type ChangeOperation = EditOperation | DeleteOperation | ReactOperation | PinOperation;
export type Operation = SendOperation | ChangeOperation;

export interface Reason extends Pick<Refusal, 'code' | 'message'> {
  /** After a conflict: the message as the server has it. */
  readonly current?: Message;
}

interface Tracked {
  /** Unique for each operation; of a `send` its `cmid`. */
  readonly id: string;
  /** A new operation replaces the one with the same key. */
  readonly key: string;
  readonly room: string;
  /** The author's id. Another person on the same browser must never send the operation. */
  readonly owner: string;
  readonly ownerName: string;
  /** The time of the operation. */
  readonly at: number;
  /** Order on this browser, assigned by the store. */
  readonly n: number;
  readonly state: EntryState;
  /** The number of sendings without a final answer. */
  readonly attempts: number;
  /** Not sent before this time, so that it can be undone. */
  readonly notBefore?: number;
  /** The room's `ver` with this change, from the server's answer. */
  readonly ver?: number;
  readonly reason?: Reason;
}

/** One's own operation until its result is in the room. IndexedDB stores this record. */
export type Entry = Tracked & Operation;
export type SendEntry = Tracked & SendOperation;
export type EditEntry = Tracked & EditOperation;
export type ChangeEntry = Tracked & ChangeOperation;

/** The last operation with a key wins. */
export function keyOf(room: string, operation: Operation): string {
  switch (operation.op) {
    case 'send':
      return operation.cmid;
    case 'react':
      return `react/${room}/${operation.seq}/${operation.emoji}`;
    default:
      return `${operation.op}/${room}/${operation.seq}`;
  }
}

/** The `n` of an entry that could not be stored. Only the page that holds it can send it. */
export const MEMORY_ONLY = Number.MAX_SAFE_INTEGER;

/** Keeps entries when the page closes. Every method may fail; the outbox then works from memory. */
export interface EntryStore {
  /** All entries in order of `n`. */
  all(): Promise<Entry[]>;
  /** Adds a new entry, assigns the next `n`, and removes an entry with the same key. */
  add(entry: Entry): Promise<Entry>;
  put(entry: Entry): Promise<void>;
  remove(key: string): Promise<void>;
}
