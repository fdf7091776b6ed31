/** The words the page and the server exchange. Times are milliseconds since 1970, lengths are UTF-16 units. */

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Message {
  /** Place in the room, from 1, without holes. */
  readonly seq: number;
  /** Number of the room's last change to this message. */
  readonly ver: number;
  readonly ts: number;
  /** The sender's own id for the message, unique for that sender for ever. */
  readonly cmid: string;
  readonly sender: Person;
  readonly text: string;
}

export interface Refusal {
  readonly code: string;
  /** A sentence that says what to do. */
  readonly message: string;
  readonly retry_after_ms?: number;
  /** True when the same request can never succeed. */
  readonly permanent: boolean;
}

export type Answer<T> = (T & { readonly ok: true }) | { readonly ok?: false; readonly err: Refusal };

export interface RoomHead {
  readonly id: string;
  readonly name: string;
  readonly last_seq: number;
  readonly last_ver: number;
  readonly read_seq: number;
  readonly unread: number;
}

export type Delta =
  | { readonly limited?: false; readonly from: number; readonly to: number; readonly changes: readonly Message[] }
  | { readonly limited: true; readonly page: readonly Message[]; readonly to: number; readonly more: boolean };

export interface Hello {
  readonly proto: 1;
  readonly device: string;
  readonly epoch?: string;
  readonly rooms: Readonly<Record<string, number>>;
}

export interface Welcome {
  readonly epoch: string;
  readonly me: Person;
  readonly now: number;
  readonly limits: { readonly message: number; readonly name: number };
  readonly rooms: readonly RoomHead[];
  readonly delta: Readonly<Record<string, Delta>>;
  readonly online: readonly Person[];
  readonly count: number;
}

export interface Receipt {
  readonly seq: number;
  readonly ver: number;
  readonly ts: number;
  readonly dup?: boolean;
}

export interface SyncPage {
  readonly changes: readonly Message[];
  readonly to: number;
  readonly more: boolean;
}

export interface HistoryPage {
  /** Ascending by seq. */
  readonly messages: readonly Message[];
  readonly more: boolean;
}

export interface RoomEvent {
  readonly room: string;
  readonly ver: number;
  readonly seq: number;
  readonly kind: string;
  readonly m: Message;
}

export interface PresenceEvent {
  readonly count: number;
  readonly joined: readonly Person[];
  readonly left: readonly Person[];
}

export interface ServerEvents {
  ev(event: RoomEvent): void;
  presence(event: PresenceEvent): void;
  typing(event: { readonly room: string; readonly who: Person }): void;
  'server.closing'(event: { readonly in_ms: number }): void;
}

type Acked<Q, A> = (request: Q, ack: (answer: Answer<A>) => void) => void;

export interface ClientEvents {
  hello: Acked<Hello, Welcome>;
  'msg.send': Acked<{ room: string; cmid: string; text: string }, Receipt>;
  history: Acked<{ room: string; before?: number; after?: number; around?: number; limit: number }, HistoryPage>;
  sync: Acked<{ room: string; since_ver: number; limit: number }, SyncPage>;
  read: Acked<{ room: string; seq: number }, { read_seq: number }>;
  typing(request: { room: string }): void;
}
