/** The events that the page and the server exchange. Times are milliseconds since 1970, lengths are UTF-16 units. */
import type { AdminEvents, Kept } from './admin-contract';
import type { PersonalChange, PersonalEvents } from './personal-contract';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** 0, 1, 2, … in order of joining. The page makes a colour of it. */
  readonly hue: number;
  /** The picture is at `/pictures/ID`, and smaller at `/pictures/ID/small`. */
  readonly picture?: string;
  /** A program speaks for this person. */
  readonly bot?: boolean;
}

export type Role = 'guest' | 'member' | 'moderator' | 'owner';

/** The public data of a person besides name and colour. */
export interface Standing {
  readonly role: Role;
  /** The person has a password. */
  readonly account?: boolean;
  /** A line of the person's own. */
  readonly status?: string;
  /** The person cannot write before this moment. */
  readonly muted_until?: number;
  /** The time zone that the person shows, such as Europe/Berlin. */
  readonly zone?: string;
}

export type Profile = Person & Standing;

export type PersonOnline = Person & { readonly online: boolean } & Partial<Standing>;

/** The people who may join: everybody, everybody with an account, or people with an invite. */
export type Policy = 'open' | 'accounts' | 'invite';

export interface Place {
  readonly policy: Policy;
  /** There is an owner. */
  readonly owned: boolean;
}

export interface Invite {
  readonly id: string;
  /** The secret of the link, only when the invite was just made. */
  readonly token?: string;
  readonly created_by: Person;
  readonly created_at: number;
  readonly expires_at: number;
  readonly max_uses: number;
  readonly used: number;
}

export interface Banned {
  readonly person: Person;
  readonly reason: string;
  readonly by_name: string;
  readonly banned_at: number;
  readonly ends_at?: number;
}

/** A line of the audit log. Names are those of that time. */
export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  readonly action: string;
  readonly actor_name?: string;
  readonly target_name?: string;
  readonly room?: string;
  readonly address?: string;
  readonly detail: string;
}

/** Why a session ended. `replaced`: this browser has another session now. */
export interface SessionEnd {
  readonly reason: 'replaced' | 'revoked' | 'kicked' | 'banned';
  /** The moderator's words. */
  readonly detail?: string;
}

export interface Reaction {
  readonly emoji: string;
  /** At most 20 people. */
  readonly people: readonly Person[];
  readonly count: number;
}

/** The message that another one replies to, as it is when the row is read. */
export interface Quote {
  readonly seq: number;
  readonly sender: Person;
  /** At most 140 characters; "" when deleted. */
  readonly text: string;
  readonly deleted?: boolean;
}

/** A file of a message. Its content is at `/files/ID`. */
export interface MessageFile {
  readonly id: string;
  readonly name: string;
  /** `application/octet-stream` for everything that the page does not show. */
  readonly type: string;
  readonly size: number;
  /** Images only, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** There is a smaller form of the image at `/files/ID/preview`. */
  readonly preview?: boolean;
  /** The sender's description. */
  readonly alt?: string;
}

export interface Message {
  /** Place in the room, from 1, without gaps. */
  readonly seq: number;
  /** Number of the room's last change to this message. */
  readonly ver: number;
  readonly ts: number;
  /** The sender's own id for the message, unique for that sender forever. */
  readonly cmid: string;
  readonly sender: Person;
  /** Markdown; a mention stands as `<@PERSONID>` or `<@room>`. "" when deleted. */
  readonly text: string;
  readonly edited_at?: number;
  readonly deleted?: boolean;
  readonly reply_to?: Quote;
  /** The people of the mentions in the text. */
  readonly mentions?: readonly Person[];
  readonly reactions?: readonly Reaction[];
  readonly pinned?: boolean;
  readonly files?: readonly MessageFile[];
}

export interface Refusal {
  readonly code: string;
  /** A sentence that says what to do. */
  readonly message: string;
  readonly retry_after_ms?: number;
  /** True when the same request can never succeed. */
  readonly permanent: boolean;
}

export interface Refused {
  readonly ok?: false;
  readonly err: Refusal;
  /** With the code `conflict`: the message as it is now. */
  readonly message?: Message;
}

export type Answer<T> = (T & { readonly ok: true }) | Refused;

export type RoomKind = 'public' | 'private' | 'direct' | 'group';

/** Which messages of a room notify: all, those that mention me, or none. */
export type NotifyLevel = 'all' | 'mentions' | 'none';

export interface RoomHead {
  readonly id: string;
  readonly kind: RoomKind;
  /** Public and private rooms: the name in addresses. */
  readonly slug?: string;
  readonly name: string;
  readonly topic?: string;
  readonly last_seq: number;
  readonly last_ver: number;
  readonly read_seq: number;
  readonly unread: number;
  /** Unread messages that mention me; in direct and group rooms every unread message. */
  readonly mentions: number;
  readonly level: NotifyLevel;
  /** Direct and group rooms: the others, at most 8. */
  readonly people?: readonly Person[];
  readonly archived?: boolean;
  /** I created the room: I may rename and archive it. */
  readonly mine?: boolean;
  /** Slow mode: the time between two messages of a person below moderator. */
  readonly slow_ms?: number;
}

/** A public room as `room.find` lists it. */
export interface FoundRoom {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly topic?: string;
  readonly members: number;
  readonly joined: boolean;
}

export type Delta =
  | { readonly limited?: false; readonly from: number; readonly to: number; readonly changes: readonly Message[] }
  | { readonly limited: true; readonly page: readonly Message[]; readonly to: number; readonly more: boolean };

export interface Hello {
  readonly proto: 2;
  readonly device: string;
  readonly epoch?: string;
  /** The last number of `me.ev` that the page has. */
  readonly me_ver?: number;
  /** The rooms whose messages the page holds, with the `ver` up to which it has every change. */
  readonly rooms: Readonly<Record<string, number>>;
}

export interface Limits {
  readonly message: number;
  readonly name: number;
  readonly topic: number;
  readonly room_name: number;
}

export interface Welcome {
  readonly epoch: string;
  readonly me: Person;
  readonly you?: Profile;
  /** The language of the account; '' for that of each browser. Absent without a choice. */
  readonly language?: string;
  readonly place?: Place;
  readonly me_ver: number;
  readonly now: number;
  readonly limits: Limits;
  /** All rooms of the person. */
  readonly rooms: readonly RoomHead[];
  /** Only for rooms that `hello` named. */
  readonly delta: Readonly<Record<string, Delta>>;
  /** At most 200 people. */
  readonly online: readonly Person[];
  readonly count: number;
  /** The server cannot store anything at present: the code of the reason. */
  readonly trouble?: string;
  /** By the ids of rooms: how long their messages are kept. Only rooms where this is not for ever. */
  readonly kept?: Readonly<Record<string, Kept>>;
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
  /** The newest page only: the room's last `ver` at the moment of the snapshot. */
  readonly ver?: number;
}

/** A message together with its room. */
export interface Found {
  readonly room: string;
  readonly m: Message;
}

export interface RoomEvent {
  readonly room: string;
  readonly ver: number;
  readonly seq: number;
  readonly kind: 'msg' | 'edit' | 'del' | 'react' | 'pin';
  /** The whole row in its newest form. */
  readonly m: Message;
}

/** A change of the person's own list of rooms, for all sockets of the person. `ver` has no gaps. */
export type MeEvent = { readonly ver: number; readonly room: string } & (
  | { readonly kind: 'room'; readonly head: RoomHead }
  | { readonly kind: 'left' }
  | { readonly kind: 'read'; readonly read_seq: number; readonly unread: number; readonly mentions: number }
  | { readonly kind: 'level'; readonly level: NotifyLevel }
  | PersonalChange
);

export interface PresenceEvent {
  readonly count: number;
  readonly joined: readonly Person[];
  readonly left: readonly Person[];
}

export interface ServerEvents {
  ev(event: RoomEvent): void;
  'me.ev'(event: MeEvent): void;
  presence(event: PresenceEvent): void;
  typing(event: { readonly room: string; readonly who: Person }): void;
  /** A person has another name, status or role, or was muted. */
  person(event: Profile): void;
  place(event: Place): void;
  /** Comes before the server closes the socket. */
  'session.ended'(event: SessionEnd): void;
  /** Messages of a room are kept for another time, or old ones were removed. */
  kept(event: Kept): void;
  /** The server cannot store anything (the code of the reason), or can again. */
  store(event: { readonly trouble?: string }): void;
  'server.closing'(event: { readonly in_ms: number }): void;
}

type Acked<Q, A> = (request: Q, ack: (answer: Answer<A>) => void) => void;
type Done = Readonly<Record<never, never>>;

export interface HistoryQuery {
  room: string;
  before?: number;
  after?: number;
  around?: number;
  limit: number;
}

export interface SearchQuery {
  q: string;
  room?: string;
  /** A person's id. */
  from?: string;
  before?: number;
  after?: number;
  /** Only messages with all of these. */
  has?: readonly ('file' | 'image' | 'link')[];
  limit: number;
}

export interface NewRoom {
  kind: RoomKind;
  /** Public and private rooms. */
  name?: string;
  topic?: string;
  /** Ids of others; direct: one, group: at most 8. */
  people?: readonly string[];
}

export interface ClientEvents extends PersonalEvents, AdminEvents {
  hello: Acked<Hello, Welcome>;
  'msg.send': Acked<
    { room: string; cmid: string; text: string; reply_to?: number; files?: readonly { id: string; alt?: string }[] },
    Receipt
  >;
  /** Refused with `conflict` when another change of the text or a deletion came after `base_ver`. */
  'msg.edit': Acked<{ room: string; seq: number; base_ver: number; text: string }, { ver: number; edited_at: number }>;
  'msg.del': Acked<{ room: string; seq: number }, { ver: number }>;
  react: Acked<{ room: string; seq: number; emoji: string; on: boolean }, { ver: number }>;
  pin: Acked<{ room: string; seq: number; on: boolean }, { ver: number }>;
  history: Acked<HistoryQuery, HistoryPage>;
  sync: Acked<{ room: string; since_ver: number; limit: number }, SyncPage>;
  pins: Acked<{ room: string }, { messages: readonly Message[] }>;
  /** Oldest version first. */
  edits: Acked<{ room: string; seq: number }, { versions: readonly { readonly text: string; readonly ts: number }[] }>;
  read: Acked<{ room: string; seq: number }, { read_seq: number }>;
  /** Everything from `seq` is unread again. */
  unread: Acked<{ room: string; seq: number }, { read_seq: number }>;
  search: Acked<SearchQuery, { results: readonly Found[]; more: boolean }>;
  /** `before` is [ts, room, seq] of the last result. */
  mentions: Acked<{ before?: readonly [number, string, number]; limit: number }, { results: readonly Found[]; more: boolean }>;
  'room.create': Acked<NewRoom, { room: RoomHead; dup?: boolean }>;
  'room.set': Acked<{ room: string; name?: string; topic?: string }, Done>;
  'room.archive': Acked<{ room: string; on: boolean }, Done>;
  /** `room` is an id or a slug. */
  'room.join': Acked<{ room: string }, { room: RoomHead }>;
  'room.leave': Acked<{ room: string }, Done>;
  'room.invite': Acked<{ room: string; people: readonly string[] }, Done>;
  'room.find': Acked<{ q?: string; limit: number }, { rooms: readonly FoundRoom[] }>;
  members: Acked<
    { room: string; q?: string; limit: number },
    { people: readonly PersonOnline[]; count: number; online: number }
  >;
  people: Acked<{ q: string; limit: number }, { people: readonly PersonOnline[] }>;
  level: Acked<{ room: string; level: NotifyLevel }, Done>;
  'me.set': Acked<{ name?: string; status?: string; zone?: string }, { person: Profile }>;
  'me.language': Acked<{ language: string }, Done>;
  'place.set': Acked<{ policy: Policy }, { place: Place }>;
  'role.set': Acked<{ person: string; role: Role }, Done>;
  'invite.create': Acked<{ expires_in_ms: number; uses: number }, { invite: Invite }>;
  'invite.revoke': Acked<{ id: string }, Done>;
  invites: Acked<Done, { invites: readonly Invite[] }>;
  /** With `room` out of that room, else out of the place. */
  'mod.kick': Acked<{ person: string; room?: string; reason?: string }, Done>;
  /** Without `for_ms` it has no end. */
  'mod.ban': Acked<{ person: string; for_ms?: number; reason?: string }, Done>;
  'mod.unban': Acked<{ person: string }, Done>;
  /** 0 ends the mute. */
  'mod.mute': Acked<{ person: string; for_ms: number; reason?: string }, Done>;
  'mod.picture': Acked<{ person: string; reason?: string }, Done>;
  'mod.slow': Acked<{ room: string; ms: number }, Done>;
  bans: Acked<Done, { people: readonly Banned[] }>;
  audit: Acked<{ before?: number; limit: number }, { entries: readonly AuditEntry[]; more: boolean }>;
  typing(request: { room: string }): void;
}

/** Events that the server answers, with their requests and answers. */
export type Request = Exclude<keyof ClientEvents, 'typing'>;
export type Query<E extends Request> = Parameters<ClientEvents[E]>[0];
export type Reply<E extends Request> = Parameters<Parameters<ClientEvents[E]>[1]>[0];
export type Granted<E extends Request> = Extract<Reply<E>, { readonly ok: true }>;
