import type { Message } from '../net/contract';
import type { Entry, EntryState } from '../outbox/entry';

/** Same author within this time stays in one group. */
export const GROUP_MS = 5 * 60 * 1000;

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly ts: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly after: number; readonly missing: number }
  | MessageRow;

export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly seq: number | undefined;
  readonly cmid: string;
  readonly ts: number;
  readonly author: { readonly id: string; readonly name: string };
  readonly text: string;
  readonly own: boolean;
  readonly state: EntryState;
  readonly reason: string | undefined;
  /** First of its group: shows avatar, name and time. */
  readonly head: boolean;
}

export interface RowsInput {
  readonly messages: readonly Message[];
  /** One's own messages that are not in `messages` yet, in order of writing. */
  readonly pending: readonly Entry[];
  readonly me: string;
  /** The "New" line stands after this number. */
  readonly newAfter: number | undefined;
  /** The midnight before a moment, in the reader's time zone. */
  readonly day?: (ts: number) => number;
}

/** The rows of a timeline, top to bottom: day separators, the "New" line, gaps, messages. */
export function rows(input: RowsInput): Row[] {
  const day = input.day ?? midnight;
  const out: Row[] = [];
  let last: { seq: number | undefined; author: string; ts: number; day: number } | undefined;

  const message = (row: Omit<MessageRow, 'kind' | 'head'>) => {
    const today = day(row.ts);
    let fresh = last === undefined;
    if (last?.seq !== undefined && row.seq !== undefined && row.seq > last.seq + 1) {
      out.push({ kind: 'gap', key: `gap-${row.seq}`, after: last.seq, missing: row.seq - last.seq - 1 });
      fresh = true;
    }
    // Clocks of several servers may differ a little; a day is never announced twice or backwards.
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
    const own = m.sender.id === input.me;
    message({
      key: `${m.sender.id}/${m.cmid}`,
      seq: m.seq,
      cmid: m.cmid,
      ts: m.ts,
      author: m.sender,
      text: m.text,
      own,
      state: 'sent',
      reason: undefined,
    });
  }
  for (const e of input.pending) {
    message({
      key: `${e.owner}/${e.cmid}`,
      seq: undefined,
      cmid: e.cmid,
      ts: e.at,
      author: { id: e.owner, name: e.ownerName },
      text: e.text,
      own: true,
      state: e.state,
      reason: e.reason?.message,
    });
  }
  return out;
}

function midnight(ts: number): number {
  return new Date(ts).setHours(0, 0, 0, 0);
}
