import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../src/net/contract';
import type { Entry } from '../src/outbox/entry';
import { Outbox } from '../src/outbox/outbox';
import { ANSWER_MS, type Done, STALE_MS } from '../src/outbox/sender';
import { MemoryStore, shortly } from './entries';
import { ManualClock, settle } from './manual-clock';

const me = { id: 'a', name: 'Ada', hue: 0 };
const stored: Answer<Done> = { ok: true, ver: 1 };
const refused: Answer<Done> = { err: { code: 'text_too_long', message: 'Too long', permanent: true } };

let clock: ManualClock;
let store: MemoryStore;
let posts: { entry: Entry; answer: (a: Answer<Done>) => void; breakConnection: () => void }[];
let ids: number;

function tab(): Outbox {
  return new Outbox({
    clock,
    random: () => 0.5,
    store,
    uuid: () => `c${++ids}`,
    send: (entry) => new Promise((answer, reject) => posts.push({ entry, answer, breakConnection: () => reject(new Error('offline')) })),
    changed: () => undefined,
    answered: () => undefined,
  });
}

async function ready(): Promise<Outbox> {
  const box = tab();
  await box.load(me);
  box.setLeading(true);
  box.setOnline(true);
  return box;
}

const states = (box: Outbox) => box.entries.map((e) => e.state);
const sent = () => posts.map((p) => shortly(p.entry));

async function answer(i: number, a: Answer<Done>): Promise<void> {
  posts[i]?.answer(a);
  await settle();
}

beforeEach(() => {
  clock = new ManualClock();
  store = new MemoryStore();
  posts = [];
  ids = 0;
});

describe('sending', () => {
  test('keeps the order with one message in flight', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.send('general', { text: 'two' });
    await settle();
    expect(sent()).toEqual(['one']);
    expect(states(box)).toEqual(['sending', 'queued']);
    await answer(0, stored);
    expect(sent()).toEqual(['one', 'two']);
    expect(states(box)).toEqual(['sent', 'sending']);
  });

  test('rooms do not wait for each other', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.send('other', { text: 'two' });
    await settle();
    expect(sent()).toEqual(['one', 'two']);
  });

  test('a message is in the store before it is sent, and out of it when it is answered', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.setLeading(true);
    expect(posts).toHaveLength(0);
    await settle();
    expect(store.kept.map(shortly)).toEqual(['one']);
    expect(posts).toHaveLength(1);
    await answer(0, stored);
    expect(store.kept).toEqual([]);
  });

  test('works from memory when there is no store', async () => {
    store.broken = true;
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    await answer(0, stored);
    expect(states(box)).toEqual(['sent']);
  });

  test('is gone when the message itself has arrived, also without an answer', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.send('general', { text: 'two' });
    await settle();
    box.arrived('c1');
    await settle();
    expect(box.entries.map(shortly)).toEqual(['two']);
    expect(sent()).toEqual(['one', 'two']);
    expect(store.kept.map(shortly)).toEqual(['two']);
  });

  test('only the leading tab sends', async () => {
    const box = tab();
    await box.load(me);
    box.setOnline(true);
    box.send('general', { text: 'one' });
    await settle();
    expect(posts).toHaveLength(0);
    box.setLeading(true);
    expect(sent()).toEqual(['one']);
  });
});

describe('without an answer', () => {
  test('the same message is sent again after ten seconds and a growing wait', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    await clock.go(ANSWER_MS - 1);
    expect(states(box)).toEqual(['sending']);
    await clock.go(1);
    expect(states(box)).toEqual(['queued']);
    await clock.go(999);
    expect(posts).toHaveLength(1);
    await clock.go(1);
    expect(posts).toHaveLength(2);
    await clock.go(ANSWER_MS + 1999);
    expect(posts).toHaveLength(2);
    await clock.go(1);
    expect(posts.map((p) => p.entry.id)).toEqual(['c1', 'c1', 'c1']);
  });

  test('the next message waits behind it', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.send('general', { text: 'two' });
    await settle();
    await clock.go(ANSWER_MS);
    expect(sent()).toEqual(['one']);
  });

  test('a late answer still counts and ends the wait', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.send('general', { text: 'two' });
    await settle();
    await clock.go(ANSWER_MS);
    await answer(0, stored);
    expect(states(box)).toEqual(['sent', 'sending']);
    await clock.go(5000);
    expect(sent()).toEqual(['one', 'two']);
  });

  test('a late refusal of an earlier flight changes nothing', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    await clock.go(ANSWER_MS + 1000);
    await answer(0, refused);
    expect(states(box)).toEqual(['sending']);
  });

  test('a reconnect sends at once and ends the wait', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    posts[0]?.breakConnection();
    await settle();
    box.setOnline(false);
    expect(states(box)).toEqual(['queued']);
    await clock.go(60_000);
    expect(posts).toHaveLength(1);
    box.setOnline(true);
    expect(posts).toHaveLength(2);
  });
});

describe('refused', () => {
  test('for good: it fails and the next one goes on', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.send('general', { text: 'two' });
    await settle();
    await answer(0, refused);
    expect(states(box)).toEqual(['failed', 'sending']);
    expect(box.entries[0]?.reason).toEqual({ code: 'text_too_long', message: 'Too long' });
    expect(store.kept[0]?.state).toBe('failed');
  });

  test('for now: it waits at least as long as the server says', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    await answer(0, { err: { code: 'rate', message: 'Slower', retry_after_ms: 7000, permanent: false } });
    await clock.go(6999);
    expect(posts).toHaveLength(1);
    await clock.go(1);
    expect(posts).toHaveLength(2);
  });

  test('Retry sends the same message, Delete lets go of it', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    await answer(0, refused);
    box.retry('c1');
    expect(posts.map((p) => p.entry.id)).toEqual(['c1', 'c1']);
    await answer(1, refused);
    expect(box.discard('c1')).toMatchObject({ text: 'one' });
    await settle();
    expect(box.entries).toEqual([]);
    expect(store.kept).toEqual([]);
  });

  test('nothing but a failed message can be taken back', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    expect(box.discard('c1')).toBeUndefined();
    box.retry('c1');
    expect(posts).toHaveLength(1);
  });
});

describe('over a reload', () => {
  test('a message in flight is sent again, in order', async () => {
    const before = await ready();
    before.send('general', { text: 'one' });
    before.send('general', { text: 'two' });
    await settle();
    posts = [];
    await ready();
    expect(sent()).toEqual(['one']);
    await answer(0, stored);
    expect(sent()).toEqual(['one', 'two']);
  });

  test('a message older than a day asks first', async () => {
    const offline = tab();
    await offline.load(me);
    offline.send('general', { text: 'one' });
    await settle();
    await clock.go(STALE_MS + 1);
    const box = await ready();
    expect(posts).toHaveLength(0);
    expect(box.entries[0]?.reason?.code).toBe('stale');
    box.retry('c1');
    expect(posts).toHaveLength(1);
  });

  test("another person's messages are neither shown nor sent", async () => {
    const before = tab();
    await before.load(me);
    before.send('general', { text: 'one' });
    await settle();
    const box = tab();
    await box.load({ id: 'b', name: 'Bob', hue: 0 });
    box.setLeading(true);
    box.setOnline(true);
    expect(box.entries).toEqual([]);
    expect(posts).toHaveLength(0);
    expect(store.kept).toHaveLength(1);
  });

  test('the same name in a new session is asked before its messages go out', async () => {
    const before = tab();
    await before.load(me);
    before.send('general', { text: 'one' });
    await settle();
    const box = tab();
    await box.load({ id: 'a2', name: 'Ada', hue: 0 });
    box.setLeading(true);
    box.setOnline(true);
    expect(posts).toHaveLength(0);
    expect(box.entries[0]?.reason?.code).toBe('other_session');
  });
});

describe('two tabs', () => {
  test('the one that lost the lead sends no more, and the late answer to what it sent still counts', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.send('general', { text: 'two' });
    await settle();
    box.setLeading(false);
    expect(states(box)).toEqual(['queued', 'queued']);
    await clock.go(60_000);
    expect(sent()).toEqual(['one']);
    await answer(0, stored);
    expect(states(box)).toEqual(['sent', 'queued']);
    expect(sent()).toEqual(['one']);
  });

  test('the leading tab sends the message of another tab, and both see it sent', async () => {
    const leader = await ready();
    const other = tab();
    await other.load(me);
    other.setOnline(true);
    other.send('general', { text: 'from the other tab' });
    await settle();
    await leader.load(me);
    expect(sent()).toEqual(['from the other tab']);
    await answer(0, stored);
    await other.load(me);
    expect(states(other)).toEqual(['sent']);
  });

  test('a message written while the store is read is not taken for settled', async () => {
    const box = await ready();
    const reading = box.load(me);
    box.send('general', { text: 'one' });
    await settle();
    await reading;
    expect(states(box)).toEqual(['sending']);
  });

  test('a message deleted while the store is read does not come back', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    await settle();
    await answer(0, refused);
    const reading = box.load(me);
    box.discard('c1');
    await reading;
    expect(box.entries).toEqual([]);
  });

  test('a message that fails in the leading tab fails in the other', async () => {
    const leader = await ready();
    const other = tab();
    await other.load(me);
    other.send('general', { text: 'one' });
    await settle();
    await leader.load(me);
    await answer(0, refused);
    await other.load(me);
    expect(states(other)).toEqual(['failed']);
    other.retry('c1');
    await settle();
    await leader.load(me);
    expect(states(leader)).toEqual(['sending']);
  });

  test('a failed message that the other tab deleted is gone here', async () => {
    const leader = await ready();
    leader.send('general', { text: 'one' });
    await settle();
    await answer(0, refused);
    const other = tab();
    await other.load(me);
    other.discard('c1');
    await settle();
    await leader.load(me);
    expect(leader.entries).toEqual([]);
  });
});
