import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { Room } from '../src/app/room';
import type { Message, Person } from '../src/net/contract';
import type { Entry } from '../src/outbox/entry';
import { ManualClock, settle } from './manual-clock';
import { ada, event, message, range } from './messages';

const attentive = signal(true);
const entries = signal<readonly Entry[]>([]);
const me = signal<Person | undefined>(ada);
let clock: ManualClock;
let asked: [string, Record<string, unknown>][];
let history: Message[];
let room: Room;

beforeEach(() => {
  attentive.value = true;
  clock = new ManualClock();
  asked = [];
  history = [];
  room = new Room('general', {
    clock,
    me,
    entries,
    attentive,
    ask: async (name, query) => {
      asked.push([name, query as Record<string, unknown>]);
      return { ok: true, messages: history, more: false, changes: [], to: 0, read_seq: 0 } as never;
    },
  });
});

function open(last: number, read: number, first = Math.max(1, last - 49)): void {
  room.welcome(
    { id: 'general', name: 'General', last_seq: last, last_ver: last, read_seq: read, unread: last - read },
    { limited: true, page: range(first, last), to: last, more: first > 1 },
  );
}

const kinds = () => room.rows.value.map((r) => (r.kind === 'message' ? r.seq : r.kind));

describe('reading', () => {
  test('is told once somebody looks at the newest message', async () => {
    open(5, 2);
    await clock.go(1000);
    expect(asked).toEqual([['read', { room: 'general', seq: 5 }]]);
    expect(room.unread.value).toBe(0);
  });

  test('is not told while nobody looks, and is when they come back', async () => {
    open(5, 5);
    attentive.value = false;
    room.attention(false);
    room.event(event(message(6)));
    await clock.go(5000);
    expect(asked).toEqual([]);
    expect(room.unread.value).toBe(1);
    attentive.value = true;
    room.attention(true);
    await clock.go(1000);
    expect(asked).toEqual([['read', { room: 'general', seq: 6 }]]);
  });

  test('is not told while the reader is further up', async () => {
    open(5, 5);
    room.setAtBottom(false);
    room.event(event(message(6)));
    await clock.go(5000);
    expect(asked).toEqual([]);
    expect(room.below.value).toBe(1);
    room.setAtBottom(true);
    await clock.go(1000);
    expect(asked).toHaveLength(1);
    expect(room.below.value).toBe(0);
  });
});

describe('the New line', () => {
  test('stands after what was read when the room was opened, and stays', async () => {
    open(5, 3);
    await clock.go(1000);
    room.event(event(message(6)));
    expect(kinds()).toEqual(['day', 1, 2, 3, 'new', 4, 5, 6]);
    expect(room.news.value?.count).toBe(3);
  });

  test('stands nowhere in a room that was never read', () => {
    open(5, 0);
    expect(kinds()).not.toContain('new');
    expect(room.news.value).toBeUndefined();
  });

  test('stands nowhere when the room was empty as the looking ended', () => {
    open(0, 0);
    room.attention(false);
    room.event(event(message(1)));
    expect(room.news.value).toBeUndefined();
  });

  test('stands where the looking ended', async () => {
    open(5, 5);
    attentive.value = false;
    room.attention(false);
    room.event(event(message(6)));
    room.event(event(message(7)));
    expect(kinds()).toEqual(['day', 1, 2, 3, 4, 5, 'new', 6, 7]);
  });

  test('does not come by what one wrote oneself elsewhere', () => {
    open(5, 5);
    attentive.value = false;
    room.attention(false);
    room.event(event(message(6, { sender: ada })));
    expect(kinds()).not.toContain('new');
  });

  test('goes when one writes', () => {
    open(5, 3);
    room.wrote();
    expect(kinds()).not.toContain('new');
  });
});

describe('history', () => {
  test('is asked for before the first that is loaded, once at a time', async () => {
    open(100, 100, 51);
    history = range(1, 50);
    void room.loadOlder();
    void room.loadOlder();
    await settle();
    expect(asked.filter(([name]) => name === 'history')).toEqual([['history', { room: 'general', before: 51, limit: 50 }]]);
    expect(kinds()[1]).toBe(1);
    expect(room.older.value).toBe(false);
  });

  test('ends when the server has nothing older', async () => {
    open(100, 100, 51);
    await room.loadOlder();
    expect(room.older.value).toBe(false);
  });

  test('fills a gap from its upper end', async () => {
    open(100, 100, 51);
    room.welcome(
      { id: 'general', name: 'General', last_seq: 400, last_ver: 400, read_seq: 100, unread: 300 },
      { limited: true, page: range(351, 400), to: 400, more: true },
    );
    expect(room.rows.value.find((r) => r.kind === 'gap')).toMatchObject({ after: 100, missing: 250 });
    history = range(101, 200);
    await room.loadGap(100);
    expect(asked).toContainEqual(['history', { room: 'general', after: 100, limit: 100 }]);
    expect(room.rows.value.find((r) => r.kind === 'gap')).toMatchObject({ after: 200, missing: 150 });
  });
});

test('one message on its way is one row, before and after it arrives', () => {
  open(2, 2);
  entries.value = [
    { cmid: 'x', room: 'general', owner: 'a', ownerName: 'Ada', text: 'hi', at: clock.now(), n: 1, state: 'sending', attempts: 0 },
  ];
  expect(room.rows.value.at(-1)).toMatchObject({ key: 'a/x', state: 'sending' });
  room.event(event(message(3, { cmid: 'x', sender: ada, text: 'hi' })));
  expect(room.rows.value.filter((r) => r.key === 'a/x')).toMatchObject([{ state: 'sent', seq: 3 }]);
  entries.value = [];
});
