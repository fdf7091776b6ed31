import { describe, expect, test } from 'vitest';
import type { Entry } from '../src/outbox/entry';
import { GROUP_MS, type Row, rows } from '../src/timeline/rows';
import { ada, bob, message } from './messages';

const HOUR = 3_600_000;
const day = (ts: number) => Math.floor(ts / (24 * HOUR));
const base = { pending: [], me: 'me', newAfter: undefined, day };
const short = (list: Row[]) =>
  list.map((r) => (r.kind === 'message' ? `${r.head ? 'head' : 'more'} ${r.seq ?? r.cmid}` : r.kind === 'gap' ? `gap ${r.after}+${r.missing}` : r.kind));

const pending = (cmid: string, at: number): Entry => ({
  cmid,
  room: 'general',
  owner: 'me',
  ownerName: 'Me',
  text: cmid,
  at,
  n: 1,
  state: 'queued',
  attempts: 0,
});

describe('rows', () => {
  test('group one author within five minutes of the first', () => {
    const list = rows({
      ...base,
      messages: [
        message(1, { ts: 0 }),
        message(2, { ts: GROUP_MS - 1 }),
        message(3, { ts: GROUP_MS }),
        message(4, { ts: GROUP_MS + 1, sender: ada }),
        message(5, { ts: GROUP_MS + 2, sender: bob }),
      ],
    });
    expect(short(list)).toEqual(['day', 'head 1', 'more 2', 'head 3', 'head 4', 'head 5']);
  });

  test('separate the days and start a group after it', () => {
    const list = rows({ ...base, messages: [message(1, { ts: 24 * HOUR - 1 }), message(2, { ts: 24 * HOUR })] });
    expect(short(list)).toEqual(['day', 'head 1', 'day', 'head 2']);
  });

  test('announce no day twice when clocks differ a little', () => {
    const list = rows({
      ...base,
      messages: [message(1, { ts: 24 * HOUR }), message(2, { ts: 24 * HOUR - 1 }), message(3, { ts: 24 * HOUR + 1 })],
    });
    expect(short(list).filter((r) => r === 'day')).toHaveLength(1);
  });

  test('show a gap where numbers are missing', () => {
    expect(short(rows({ ...base, messages: [message(1), message(2), message(9)] }))).toEqual(['day', 'head 1', 'more 2', 'gap 2+6', 'head 9']);
  });

  test('put the New line after what is read, once', () => {
    const messages = [message(1), message(2), message(3)];
    expect(short(rows({ ...base, messages, newAfter: 1 }))).toEqual(['day', 'head 1', 'new', 'head 2', 'more 3']);
    expect(short(rows({ ...base, messages, newAfter: 3 }))).not.toContain('new');
    expect(short(rows({ ...base, messages: messages.slice(1), newAfter: 1 }))).not.toContain('new');
  });

  test('put what is on its way at the end, under the same key as the message later', () => {
    const before = rows({ ...base, messages: [message(1)], pending: [pending('x', 1_001_500)] });
    const after = rows({ ...base, messages: [message(1), message(2, { cmid: 'x', sender: { id: 'me', name: 'Me' } })] });
    expect(before.at(-1)).toMatchObject({ key: 'me/x', state: 'queued', own: true, seq: undefined });
    expect(after.at(-1)).toMatchObject({ key: 'me/x', state: 'sent', own: true, seq: 2 });
  });
});
