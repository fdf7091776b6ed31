import { midnight } from '../time/date-format';
import type { ShownFile } from '../files/shown-file';
import type { Message, Person, Quote, Reaction } from '../net/contract';
import type { ChangeEntry, EntryState, SendEntry } from '../outbox/entry';
import { foldDeleted } from './fold-deleted';
import { optimisticMessage } from './optimistic-message';

/** Messages of one author within this time form a group. */
export const GROUP_MS = 5 * 60 * 1000;

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly ts: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly after: number; readonly missing: number }
  | FoldedRow
  | MessageRow;

/** A run of deleted messages. */
export interface FoldedRow {
  readonly kind: 'folded';
  readonly key: string;
  readonly rows: readonly MessageRow[];
}

/** The form of a message on the screen, with one's own changes that have not arrived yet. */
export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  /** The message or the outbox entry that the row shows. */
  readonly source: Message | SendEntry;
  /** One's own changes of the message in the outbox. */
  readonly changes: readonly ChangeEntry[];
  readonly seq: number | undefined;
  readonly cmid: string;
  readonly ts: number;
  readonly author: Person;
  readonly text: string;
  readonly mentions: readonly Person[];
  readonly quote: Quote | undefined;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly pinned: boolean;
  readonly reactions: readonly Reaction[];
  readonly files: readonly ShownFile[];
  readonly own: boolean;
  /** The state of the message, or of its edit or deletion. */
  readonly state: EntryState;
  readonly reason: string | undefined;
  /** The first of its group: shows avatar, name and time. */
  readonly head: boolean;
}

export interface RowsInput {
  readonly messages: readonly Message[];
  /** One's own messages that are not in `messages` yet, in order of writing. */
  readonly pending: readonly SendEntry[];
  /** One's own changes of messages, by `seq`. */
  readonly changes?: ReadonlyMap<number, readonly ChangeEntry[]>;
  readonly me: Person;
  /** The "New" line stands after this `seq`. */
  readonly newAfter: number | undefined;
  /** The server's clock minus this machine's, because pending entries carry the time of this machine. */
  readonly clockOffset?: number;
  /** The midnight before a moment, in the reader's time zone. */
  readonly day?: (ts: number) => number;
}

/** The rows of a timeline, top to bottom: day separators, the "New" line, gaps, messages. */
export function timelineRows(input: RowsInput): Row[] {
  const day = input.day ?? ((ts: number) => midnight(ts));
  const out: Row[] = [];
  let last: { seq: number | undefined; author: string; ts: number; day: number } | undefined;

  const message = (row: Omit<MessageRow, 'kind' | 'head'>) => {
    const today = day(row.ts);
    let fresh = last === undefined;
    if (last?.seq !== undefined && row.seq !== undefined && row.seq > last.seq + 1) {
      out.push({ kind: 'gap', key: `gap-${row.seq}`, after: last.seq, missing: row.seq - last.seq - 1 });
      fresh = true;
    }
    // Clocks of several servers may differ a little. A day separator never repeats or goes back.
    if (last === undefined || today > last.day) {
      out.push({ kind: 'day', key: `day-${today}`, ts: row.ts });
      fresh = true;
    }
    const after = input.newAfter;
    if (after !== undefined && row.seq !== undefined && row.seq > after && last?.seq !== undefined && last.seq <= after) {
      out.push({ kind: 'new', key: 'new' });
      fresh = true;
    }
    const head = fresh || last?.author !== row.author.id || row.ts - last.ts >= GROUP_MS;
    out.push({ kind: 'message', head, ...row });
    last = { seq: row.seq, author: row.author.id, ts: head ? row.ts : (last?.ts ?? row.ts), day: Math.max(today, last?.day ?? today) };
  };

  for (const m of input.messages) {
    const changes = input.changes?.get(m.seq) ?? NONE;
    message(ofMessage(optimisticMessage(m, changes, input.me), m, changes, input.me.id));
  }
  for (const e of input.pending) message(ofEntry(e, e.at + (input.clockOffset ?? 0), input.me));
  return foldDeleted(out);
}

const NONE: readonly never[] = [];

function ofMessage(shown: Message, source: Message, changes: readonly ChangeEntry[], me: string): Omit<MessageRow, 'kind' | 'head'> {
  const change = changes.findLast(({ op, state }) => (op === 'edit' || op === 'del') && (state === 'queued' || state === 'sending'));
  return {
    key: `${source.sender.id}/${source.cmid}`,
    source,
    changes,
    seq: source.seq,
    cmid: source.cmid,
    ts: source.ts,
    author: source.sender,
    text: shown.text,
    mentions: shown.mentions ?? NONE,
    quote: shown.reply_to,
    edited: shown.edited_at !== undefined,
    deleted: shown.deleted === true,
    pinned: shown.pinned === true,
    reactions: shown.reactions ?? NONE,
    files: shown.files ?? NONE,
    own: source.sender.id === me,
    state: change?.state ?? 'sent',
    reason: undefined,
  };
}

function ofEntry(entry: SendEntry, ts: number, me: Person): Omit<MessageRow, 'kind' | 'head'> {
  return {
    key: `${entry.owner}/${entry.cmid}`,
    source: entry,
    changes: NONE,
    seq: undefined,
    cmid: entry.cmid,
    ts,
    author: { id: entry.owner, name: entry.ownerName, hue: me.hue },
    text: entry.text,
    mentions: entry.mentions ?? NONE,
    quote: entry.replyTo,
    edited: false,
    deleted: false,
    pinned: false,
    reactions: NONE,
    files: entry.files ?? NONE,
    own: true,
    state: entry.state,
    reason: entry.reason?.message,
  };
}
