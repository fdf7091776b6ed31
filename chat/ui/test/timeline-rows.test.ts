import { describe, expect, test } from 'vitest';
import { GROUP_MS, type Row, timelineRows } from '../src/room/timeline-rows';
import { sendEntry } from './entries';
import { ada, bob, message } from './messages';

const HOUR = 3_600_000;
const day = (ts: number) => Math.floor(ts / (24 * HOUR));
const me = { id: 'me', name: 'Me', hue: 0 };
const base = { pending: [], me, newAfter: undefined, day };
const short = (list: Row[]) =>
  list.map((r) => (r.kind === 'message' ? `${r.head ? 'head' : 'more'} ${r.seq ?? r.cmid}` : r.kind === 'gap' ? `gap ${r.after}+${r.missing}` : r.kind));

const pending = (cmid: string, at: number) => sendEntry(cmid, { owner: 'me', ownerName: 'Me', at });

describe('rows', () => {
  test('group one author within five minutes of the first', () => {
    const list = timelineRows({
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
    const list = timelineRows({ ...base, messages: [message(1, { ts: 24 * HOUR - 1 }), message(2, { ts: 24 * HOUR })] });
    expect(short(list)).toEqual(['day', 'head 1', 'day', 'head 2']);
  });

  test('announce no day twice when clocks differ a little', () => {
    const list = timelineRows({
      ...base,
      messages: [message(1, { ts: 24 * HOUR }), message(2, { ts: 24 * HOUR - 1 }), message(3, { ts: 24 * HOUR + 1 })],
    });
    expect(short(list).filter((r) => r === 'day')).toHaveLength(1);
  });

  test('show a gap where numbers are missing', () => {
    expect(short(timelineRows({ ...base, messages: [message(1), message(2), message(9)] }))).toEqual(['day', 'head 1', 'more 2', 'gap 2+6', 'head 9']);
  });

  test('put the New line after what is read, once', () => {
    const messages = [message(1), message(2), message(3)];
    expect(short(timelineRows({ ...base, messages, newAfter: 1 }))).toEqual(['day', 'head 1', 'new', 'head 2', 'more 3']);
    expect(short(timelineRows({ ...base, messages, newAfter: 3 }))).not.toContain('new');
    expect(short(timelineRows({ ...base, messages: messages.slice(1), newAfter: 1 }))).not.toContain('new');
  });

  test('give what is on its way the time that the server will give it', () => {
    const wrong = 48 * HOUR;
    const list = timelineRows({ ...base, messages: [message(1, { ts: 1000 })], pending: [pending('x', 2000 + wrong)], clockOffset: -wrong });
    expect(list.filter((r) => r.kind === 'day')).toHaveLength(1);
    expect(list.at(-1)).toMatchObject({ ts: 2000 });
  });

  test('put what is on its way at the end, under the same key as the message later', () => {
    const before = timelineRows({ ...base, messages: [message(1)], pending: [pending('x', 1_001_500)] });
    const after = timelineRows({ ...base, messages: [message(1), message(2, { cmid: 'x', sender: { id: 'me', name: 'Me', hue: 0 } })] });
    expect(before.at(-1)).toMatchObject({ key: 'me/x', state: 'queued', own: true, seq: undefined });
    expect(after.at(-1)).toMatchObject({ key: 'me/x', state: 'sent', own: true, seq: 2 });
  });
});

describe('deleted messages', () => {
  const gone = (seq: number, more = {}) => message(seq, { deleted: true, text: '', ...more });
  const kinds = (list: Row[]) => list.map((r) => (r.kind === 'folded' ? `folded ${r.rows.map((m) => m.seq).join(',')}` : r.kind === 'message' ? `${r.deleted ? 'deleted' : 'shown'} ${r.seq}` : r.kind));

  test('are folded from three in a row on', () => {
    expect(kinds(timelineRows({ ...base, messages: [message(1), gone(2), gone(3), message(4)] }))).toEqual(['day', 'shown 1', 'deleted 2', 'deleted 3', 'shown 4']);
    expect(kinds(timelineRows({ ...base, messages: [gone(1), gone(2), gone(3), gone(4), message(5)] }))).toEqual(['day', 'folded 1,2,3,4', 'shown 5']);
  });

  test('are not folded over a day, a gap or the New line', () => {
    const messages = [gone(1), gone(2), gone(7), gone(8)];
    expect(kinds(timelineRows({ ...base, messages }))).toEqual(['day', 'deleted 1', 'deleted 2', 'gap', 'deleted 7', 'deleted 8']);
    expect(kinds(timelineRows({ ...base, messages: [gone(1), gone(2), gone(3)], newAfter: 2 }))).not.toContain('folded 1,2,3');
  });

  test('do not hide the author of the message after them', () => {
    const list = timelineRows({ ...base, messages: [gone(1), gone(2), gone(3), message(4)] });
    expect(list.at(-1)).toMatchObject({ seq: 4, head: true });
  });
});

test('a row shows the pending changes of its message, and their state', () => {
  const { cmid: _cmid, text: _text, ...tracked } = sendEntry('x', { state: 'sending' });
  const edit = { ...tracked, op: 'edit', seq: 1, baseVer: 1, text: 'new' } as const;
  const list = timelineRows({ ...base, messages: [message(1), message(2)], changes: new Map([[1, [edit]]]) });
  expect(list.slice(1)).toMatchObject([
    { seq: 1, text: 'new', edited: true, state: 'sending', changes: [edit] },
    { seq: 2, text: 'text 2', edited: false, state: 'sent', changes: [] },
  ]);
});
