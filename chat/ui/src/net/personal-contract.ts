import type { Answer, Found, MessageFile, Receipt } from './contract';

/** A message that the person has saved. */
export interface Saved {
  readonly room: string;
  readonly seq: number;
  readonly saved_at: number;
  /** The time of the reminder. */
  readonly remind_at?: number;
  /** The time of the reminder has come, and the person has not dealt with it. */
  readonly due?: boolean;
}

/** A message that the server sends later. */
export interface Scheduled {
  readonly room: string;
  /** Becomes the `cmid` of the message. */
  readonly cmid: string;
  readonly text: string;
  readonly reply_to?: number;
  readonly files?: readonly MessageFile[];
  readonly send_at: number;
  /** Why it was not sent. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** The kinds of `me.ev` about saved and scheduled messages. Without `saved` or `scheduled` the message left the list. */
export type PersonalChange =
  | { readonly kind: 'saved'; readonly seq: number; readonly saved?: Saved; readonly reminds?: boolean }
  | { readonly kind: 'later'; readonly cmid: string; readonly scheduled?: Scheduled };

type Acked<Q, A> = (request: Q, ack: (answer: Answer<A>) => void) => void;
type Done = Readonly<Record<never, never>>;

export interface PersonalEvents {
  /** Everything that the person keeps, as it is after the event `me_ver`. */
  personal: Acked<Done, { me_ver: number; saved: readonly Saved[]; scheduled: readonly Scheduled[] }>;
  /** The messages at these places, at most 50, without those that the person may not read. */
  'saved.read': Acked<{ of: readonly { room: string; seq: number }[] }, { results: readonly Found[] }>;
  /** `saved_at` puts a message back to its place in the list. */
  save: Acked<{ room: string; seq: number; on: boolean; saved_at?: number }, { saved?: Saved }>;
  /** Without `at` the reminder is taken away. */
  remind: Acked<{ room: string; seq: number; at?: number }, { saved: Saved }>;
  'later.add': Acked<
    { room: string; cmid: string; text: string; reply_to?: number; files?: readonly { id: string; alt?: string }[]; send_at: number },
    { scheduled: Scheduled }
  >;
  'later.set': Acked<{ cmid: string; text?: string; send_at?: number }, { scheduled: Scheduled }>;
  'later.cancel': Acked<{ cmid: string }, Done>;
  'later.send': Acked<{ cmid: string }, Receipt>;
}
