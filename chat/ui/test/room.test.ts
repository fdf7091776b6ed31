import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { MISSED_READ_MS } from '../src/room/read-state';
import { Room } from '../src/room/room';
import type { Message, Person } from '../src/net/contract';
import type { Entry } from '../src/outbox/entry';
import { sendEntry } from './entries';
import { ManualClock, settle } from './manual-clock';
import { ada, event, head, message, range } from './messages';

const attentive = signal(true);
const entries = signal<readonly Entry[]>([]);
const me = signal<Person | undefined>(ada);
let clock: ManualClock;
let asked: [string, Record<string, unknown>][];
let history: Message[];
let refusal: { code: string; message: string; permanent: boolean; retry_after_ms?: number } | undefined;
let broken: boolean;
let reported: number;
let room: Room;

beforeEach(() => {
  attentive.value = true;
  clock = new ManualClock();
  asked = [];
  history = [];
  refusal = undefined;
  broken = false;
  reported = 0;
  room = new Room('general', {
    clock,
    random: () => 0.5,
    me,
    entries,
    attentive,
    clockOffset: signal(0),
    sendTyping: () => void reported++,
    ask: async (name, query) => {
      asked.push([name, query as Record<string, unknown>]);
      if (broken) throw new Error('offline');
      if (refusal) return { err: refusal } as never;
      return { ok: true, messages: history, more: false, changes: [], to: 0, read_seq: 0 } as never;
    },
  });
});

function open(last: number, read: number, first = Math.max(1, last - 49)): void {
  room.welcome(
    head('general', last, { last_ver: last, read_seq: read, unread: last - read }),
    { limited: true, page: range(first, last), to: last, more: first > 1 },
  );
}

const kinds = () => room.rows.value.map((r) => (r.kind === 'message' ? r.seq : r.kind));

describe('reading', () => {
  test('is reported once the person looks at the newest message', async () => {
    open(5, 2);
    await clock.go(1000);
    expect(asked).toEqual([['read', { room: 'general', seq: 5 }]]);
    expect(room.unread.value).toBe(0);
  });

  test('is not reported while the person is away, and is when they come back', async () => {
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

  test('of a message just seen is reported although the person looks away', async () => {
    open(5, 5);
    room.event(event(message(6)));
    attentive.value = false;
    room.attention(false);
    await clock.go(400);
    expect(asked).toEqual([['read', { room: 'general', seq: 6 }]]);
  });

  test('is not reported while the reader is further up', async () => {
    open(5, 5);
    room.setAtBottom(false);
    room.event(event(message(6)));
    await clock.go(5000);
    expect(asked).toEqual([]);
    expect(room.newBelow.value).toBe(1);
    room.setAtBottom(true);
    await clock.go(1000);
    expect(asked).toHaveLength(1);
    expect(room.newBelow.value).toBe(0);
  });
});

describe('the New line', () => {
  test('stands after the last read message when the room opens, and stays', async () => {
    open(5, 3);
    await clock.go(1000);
    room.event(event(message(6)));
    expect(kinds()).toEqual(['day', 1, 2, 3, 'new', 4, 5, 6]);
    expect(room.news.value?.count).toBe(3);
  });

  test('is absent in a room that was never read', () => {
    open(5, 0);
    expect(kinds()).not.toContain('new');
    expect(room.news.value).toBeUndefined();
  });

  test('is absent when the room was empty as the person looked away', () => {
    open(0, 0);
    room.attention(false);
    room.event(event(message(1)));
    expect(room.news.value).toBeUndefined();
  });

  test('stands where the person looked away', async () => {
    open(5, 5);
    attentive.value = false;
    room.attention(false);
    room.event(event(message(6)));
    room.event(event(message(7)));
    expect(kinds()).toEqual(['day', 1, 2, 3, 4, 5, 'new', 6, 7]);
  });

  test('does not appear for one\'s own message from another tab', () => {
    open(5, 5);
    attentive.value = false;
    room.attention(false);
    room.event(event(message(6, { sender: ada })));
    expect(kinds()).not.toContain('new');
  });

  test('disappears when the person sends a message', () => {
    open(5, 3);
    room.sent();
    expect(kinds()).not.toContain('new');
  });
});

describe('messages missed while the connection was down', () => {
  const back = (last: number, read = 5, ver = last) =>
    room.welcome(
      head('general', last, { last_ver: ver, read_seq: read, unread: last - read }),
      { from: 5, to: ver, changes: range(6, last) },
    );

  beforeEach(() => {
    open(5, 5);
    room.connectionLost();
  });

  test('have the "New" line where the connection broke, although the person looks at the page', () => {
    back(8);
    expect(kinds()).toEqual(['day', 1, 2, 3, 4, 5, 'new', 6, 7, 8]);
  });

  test('are not read before some seconds in front of the person', async () => {
    back(8);
    await clock.go(MISSED_READ_MS - 1);
    expect(asked).toEqual([]);
    await clock.go(1);
    expect(asked).toEqual([['read', { room: 'general', seq: 8 }]]);
  });

  test('are read when the person does something', async () => {
    back(8);
    await clock.go(1000);
    room.readState.acted();
    await clock.go(400);
    expect(asked).toEqual([['read', { room: 'general', seq: 8 }]]);
    expect(kinds()).toContain('new');
  });

  test('are not read when the person looks away', async () => {
    back(8);
    await clock.go(4000);
    attentive.value = false;
    room.attention(false);
    await clock.go(60_000);
    expect(asked).toEqual([]);
  });

  test('have the "New" line at the first of two losses', () => {
    room.connectionLost();
    back(8);
    expect(room.readState.newAfter.value).toBe(5);
  });

  test('have no "New" line when another tab has read them meanwhile', () => {
    back(8, 8);
    expect(kinds()).not.toContain('new');
  });

  test('without missed messages the next one is read as usual', async () => {
    back(5);
    room.event(event(message(6)));
    await clock.go(400);
    expect(asked).toEqual([['read', { room: 'general', seq: 6 }]]);
    expect(kinds()).not.toContain('new');
  });
});

describe('messages read in another tab', () => {
  beforeEach(() => {
    open(5, 5);
    attentive.value = false;
    room.attention(false);
    for (const seq of [6, 7, 8]) room.event(event(message(seq)));
  });

  test('are not unread any more, and the "New" line disappears', () => {
    expect(room.unread.value).toBe(3);
    room.readState.readElsewhere(8);
    expect(room.unread.value).toBe(0);
    expect(kinds()).not.toContain('new');
    expect(asked).toEqual([]);
  });

  test('move the "New" line when some are left', () => {
    room.readState.readElsewhere(7);
    expect(room.unread.value).toBe(1);
    expect(room.readState.newAfter.value).toBe(7);
  });

  test('stay above the "New" line of later messages', () => {
    room.readState.readElsewhere(8);
    room.event(event(message(9)));
    expect(room.readState.newAfter.value).toBe(8);
  });

  test('never become unread again', () => {
    room.readState.readElsewhere(8);
    room.readState.readElsewhere(6);
    expect(room.unread.value).toBe(0);
  });

  test('are known from hello when the event was missed', () => {
    const hello = (read: number) =>
      room.welcome(head('general', 8, { last_ver: 8, read_seq: read, unread: 8 - read }), undefined);
    room.readState.markRead();
    hello(8);
    expect(room.readState.newAfter.value).toBe(5);
    room.event(event(message(9)));
    hello(9);
    expect(room.readState.newAfter.value).toBeUndefined();
  });
});

describe('refused history', () => {
  const storage = { code: 'storage', message: 'Later', permanent: false };
  const requests = () => asked.filter(([name]) => name === 'history').length;

  beforeEach(() => {
    open(100, 100, 51);
    refusal = storage;
  });

  test('is tried once, however often the page asks', async () => {
    const before = room.rows.value;
    for (let i = 0; i < 10; i++) await room.loadOlder();
    expect(requests()).toBe(1);
    expect(room.history.failed.value).toBe('older');
    // Rows that change make the page ask again.
    expect(room.rows.value).toBe(before);
  });

  test('is tried again after waits that grow', async () => {
    await room.loadOlder();
    for (const wait of [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      const before = requests();
      await clock.go(wait - 1);
      expect(requests()).toBe(before);
      await clock.go(1);
      expect(requests()).toBe(before + 1);
    }
  });

  test('is tried again after the time that the server names', async () => {
    refusal = { ...storage, retry_after_ms: 5000 };
    await room.loadOlder();
    await clock.go(4999);
    expect(requests()).toBe(1);
    await clock.go(1);
    expect(requests()).toBe(2);
  });

  test('is not tried again while the person is away, and is when they come back', async () => {
    await room.loadOlder();
    attentive.value = false;
    room.attention(false);
    await clock.go(600_000);
    expect(requests()).toBe(1);
    attentive.value = true;
    room.attention(true);
    expect(requests()).toBe(2);
  });

  test('is tried at once by the button and after a reconnect', async () => {
    await room.loadOlder();
    await room.retryOlder();
    expect(requests()).toBe(2);
    room.welcome(head('general', 100, { last_ver: 100, read_seq: 100, unread: 0 }), undefined);
    expect(requests()).toBe(3);
  });

  test('is shown when the server sends it', async () => {
    await room.loadOlder();
    refusal = undefined;
    history = range(1, 50);
    await clock.go(2000);
    expect(kinds()[1]).toBe(1);
    expect(room.history.failed.value).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  test('a lost connection counts as a refusal', async () => {
    broken = true;
    const before = room.rows.value;
    for (let i = 0; i < 10; i++) await room.loadOlder();
    expect(requests()).toBe(1);
    expect(room.rows.value).toBe(before);
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
      head('general', 400, { last_ver: 400, read_seq: 100, unread: 300 }),
      { limited: true, page: range(351, 400), to: 400, more: true },
    );
    expect(room.rows.value.find((r) => r.kind === 'gap')).toMatchObject({ after: 100, missing: 250 });
    history = range(101, 200);
    await room.loadGap(100);
    expect(asked).toContainEqual(['history', { room: 'general', after: 100, limit: 100 }]);
    expect(room.rows.value.find((r) => r.kind === 'gap')).toMatchObject({ after: 200, missing: 150 });
  });
});

test('one message is one row, before and after it arrives', () => {
  open(2, 2);
  entries.value = [sendEntry('x', { text: 'hi', at: clock.now(), n: 1, state: 'sending' })];
  expect(room.rows.value.at(-1)).toMatchObject({ key: 'a/x', state: 'sending' });
  room.event(event(message(3, { cmid: 'x', sender: ada, text: 'hi' })));
  expect(room.rows.value.filter((r) => r.key === 'a/x')).toMatchObject([{ state: 'sent', seq: 3 }]);
  entries.value = [];
});

test('typing is reported at most every three seconds, per room', async () => {
  room.reportTyping();
  room.reportTyping();
  expect(reported).toBe(1);
  await clock.go(2999);
  room.reportTyping();
  expect(reported).toBe(1);
  await clock.go(1);
  room.reportTyping();
  expect(reported).toBe(2);
});

test('a person whose message arrives is not shown as typing any more', () => {
  open(2, 2);
  room.typing.typed({ id: 'b', name: 'Bob', hue: 0 });
  expect(room.typing.line.value).toBe('Bob is typing…');
  expect(room.event(event(message(3)))).toBe(true);
  expect(room.typing.line.value).toBe('');
});
