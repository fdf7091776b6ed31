import type { Answer, Person, Role, RoomKind } from './contract';

type Acked<Q, A> = (request: Q, ack: (answer: Answer<A>) => void) => void;
type Done = Readonly<Record<never, never>>;

/** A person in the list of all people. */
export interface AdminPerson extends Person {
  readonly role: Role;
  readonly account?: boolean;
  readonly muted_until?: number;
  readonly banned?: boolean;
  readonly online: boolean;
  readonly joined_at: number;
  /** The last use of a session. */
  readonly seen_at?: number;
  readonly sessions: number;
}

export interface AdminRoom {
  readonly id: string;
  readonly kind: RoomKind;
  readonly name: string;
  readonly members: number;
  readonly messages: number;
  readonly file_bytes: number;
  readonly archived: boolean;
  readonly retention_days?: number;
}

/** How long the messages of a room are kept. */
export interface Kept {
  readonly room: string;
  /** Without it for ever. */
  readonly days?: number;
  /** The messages before this one were removed. */
  readonly first_seq: number;
}

export interface AdminSession {
  readonly id: string;
  readonly person: Person;
  readonly label: string;
  readonly address?: string;
  readonly created_at: number;
  readonly used_at: number;
  /** The session that asks. */
  readonly mine?: boolean;
}

/** The state of the server, for owners. */
export interface AdminStatus {
  readonly trouble?: string;
  readonly totals: {
    readonly people: number;
    readonly accounts: number;
    readonly sessions: number;
    readonly rooms: number;
    readonly direct_rooms: number;
    readonly messages: number;
    readonly files: number;
    readonly file_bytes: number;
  };
  readonly database_bytes: number;
  readonly free_bytes?: number;
  readonly last_backup_at?: number;
  readonly online: number;
  readonly sockets: number;
  readonly waiting_writes: number;
  readonly started_at: number;
  /** The Admin UI of Socket.IO is at `/admin-ui/`. */
  readonly admin_ui: boolean;
  readonly settings: readonly { readonly name: string; readonly value: string; readonly source?: string }[];
  readonly limits: readonly { readonly name: string; readonly value: string }[];
}

/** The requests of owners and moderators for the administration of the place. */
export interface AdminEvents {
  'admin.people': Acked<
    { q?: string; role?: Role; skip?: number; limit?: number },
    { people: readonly AdminPerson[]; more: boolean }
  >;
  'admin.rooms': Acked<Done, { rooms: readonly AdminRoom[] }>;
  'admin.sessions': Acked<{ person?: string }, { sessions: readonly AdminSession[] }>;
  'admin.status': Acked<Done, AdminStatus>;
  'admin.end_session': Acked<{ id: string }, Done>;
  'admin.archive': Acked<{ room: string; on: boolean }, Done>;
  /** `messages`: tombstones take their place; otherwise they stay without a name. */
  'admin.delete': Acked<{ person: string; messages: boolean }, { messages: number }>;
  /** Without `days` for ever. */
  'room.retention': Acked<{ room: string; days?: number }, Done>;
}
