import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Receipt } from '../src/net/contract';
import type { Entry, EntryStore } from '../src/outbox/entry';
import { ANSWER_MS, Outbox, STALE_MS } from '../src/outbox/outbox';
import { ManualClock, settle } from './manual-clock';

class MemoryStore implements EntryStore {
  kept: Entry[] = [];
  broken = false;

  async all() {
    this.check();
    return [...this.kept];
  }

  async add(entry: Entry) {
    this.check();
    const n = Math.max(0, ...this.kept.map((e) => e.n)) + 1;
    this.kept.push({ ...entry, n });
    return { ...entry, n };
  }

  async put(entry: Entry) {
    this.check();
    this.kept = this.kept.map((e) => (e.cmid === entry.cmid ? entry : e));
  }

  async remove(cmid: string) {
    this.check();
    this.kept = this.kept.filter((e) => e.cmid !== cmid);
  }

  private check() {
    if (this.broken) throw new Error('no store');
  }
}

const me = { id: 'a', name: 'Ada' };
const stored: Answer<Receipt> = { ok: true, seq: 1, ver: 1, ts: 1 };
const refused: Answer<Receipt> = { err: { code: 'text_too_long', message: 'Too long', permanent: true } };

let clock: ManualClock;
let store: MemoryStore;
let posts: { entry: Entry; answer: (a: Answer<Receipt>) => void; breakLine: () => void }[];
let ids: number;

function tab(): Outbox {
  return new Outbox({
    clock,
    random: () => 0.5,
    store,
    uuid: () => `c${++ids}`,
    post: (entry) => new Promise((answer, reject) => posts.push({ entry, answer, breakLine: () => reject(new Error('offline')) })),
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
const sent = () => posts.map((p) => p.entry.text);

async function answer(i: number, a: Answer<Receipt>): Promise<void> {
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
    box.add('general', 'one');
    box.add('general', 'two');
    await settle();
    expect(sent()).toEqual(['one']);
    expect(states(box)).toEqual(['sending', 'queued']);
    await answer(0, stored);
    expect(sent()).toEqual(['one', 'two']);
    expect(states(box)).toEqual(['sent', 'sending']);
  });

  test('rooms do not wait for each other', async () => {
    const box = await ready();
    box.add('general', 'one');
    box.add('other', 'two');
    await settle();
    expect(sent()).toEqual(['one', 'two']);
  });

  test('a message is in the store before it is sent, and out of it when it is answered', async () => {
    const box = await ready();
    box.add('general', 'one');
    box.setLeading(true);
    expect(posts).toHaveLength(0);
    await settle();
    expect(store.kept.map((e) => e.text)).toEqual(['one']);
    expect(posts).toHaveLength(1);
    await answer(0, stored);
    expect(store.kept).toEqual([]);
  });

  test('works from memory when there is no store', async () => {
    store.broken = true;
    const box = await ready();
    box.add('general', 'one');
    await settle();
    await answer(0, stored);
    expect(states(box)).toEqual(['sent']);
  });

  test('is gone when the message itself has arrived, also without an answer', async () => {
    const box = await ready();
    box.add('general', 'one');
    box.add('general', 'two');
    await settle();
    box.arrived('c1');
    await settle();
    expect(box.entries.map((e) => e.text)).toEqual(['two']);
    expect(sent()).toEqual(['one', 'two']);
    expect(store.kept.map((e) => e.text)).toEqual(['two']);
  });

  test('only the leading tab sends', async () => {
    const box = tab();
    await box.load(me);
    box.setOnline(true);
    box.add('general', 'one');
    await settle();
    expect(posts).toHaveLength(0);
    box.setLeading(true);
    expect(sent()).toEqual(['one']);
  });
});

describe('without an answer', () => {
  test('the same message is sent again after ten seconds and a growing wait', async () => {
    const box = await ready();
    box.add('general', 'one');
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
    expect(posts.map((p) => p.entry.cmid)).toEqual(['c1', 'c1', 'c1']);
  });

  test('the next message waits behind it', async () => {
    const box = await ready();
    box.add('general', 'one');
    box.add('general', 'two');
    await settle();
    await clock.go(ANSWER_MS);
    expect(sent()).toEqual(['one']);
  });

  test('a late answer still counts and ends the wait', async () => {
    const box = await ready();
    box.add('general', 'one');
    box.add('general', 'two');
    await settle();
    await clock.go(ANSWER_MS);
    await answer(0, stored);
    expect(states(box)).toEqual(['sent', 'sending']);
    await clock.go(5000);
    expect(sent()).toEqual(['one', 'two']);
  });

  test('a late refusal of an earlier flight changes nothing', async () => {
    const box = await ready();
    box.add('general', 'one');
    await settle();
    await clock.go(ANSWER_MS + 1000);
    await answer(0, refused);
    expect(states(box)).toEqual(['sending']);
  });

  test('the line coming back sends at once, whatever wait was running', async () => {
    const box = await ready();
    box.add('general', 'one');
    await settle();
    posts[0]?.breakLine();
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
    box.add('general', 'one');
    box.add('general', 'two');
    await settle();
    await answer(0, refused);
    expect(states(box)).toEqual(['failed', 'sending']);
    expect(box.entries[0]?.reason).toEqual({ code: 'text_too_long', message: 'Too long' });
    expect(store.kept[0]?.state).toBe('failed');
  });

  test('for now: it waits at least as long as the server says', async () => {
    const box = await ready();
    box.add('general', 'one');
    await settle();
    await answer(0, { err: { code: 'rate', message: 'Slower', retry_after_ms: 7000, permanent: false } });
    await clock.go(6999);
    expect(posts).toHaveLength(1);
    await clock.go(1);
    expect(posts).toHaveLength(2);
  });

  test('Retry sends the same message, Delete lets go of it', async () => {
    const box = await ready();
    box.add('general', 'one');
    await settle();
    await answer(0, refused);
    box.retry('c1');
    expect(posts.map((p) => p.entry.cmid)).toEqual(['c1', 'c1']);
    await answer(1, refused);
    expect(box.discard('c1')).toBe('one');
    await settle();
    expect(box.entries).toEqual([]);
    expect(store.kept).toEqual([]);
  });

  test('nothing but a failed message can be taken back', async () => {
    const box = await ready();
    box.add('general', 'one');
    await settle();
    expect(box.discard('c1')).toBeUndefined();
    box.retry('c1');
    expect(posts).toHaveLength(1);
  });
});

describe('over a reload', () => {
  test('what was in flight is sent again, in order', async () => {
    const before = await ready();
    before.add('general', 'one');
    before.add('general', 'two');
    await settle();
    posts = [];
    await ready();
    expect(sent()).toEqual(['one']);
    await answer(0, stored);
    expect(sent()).toEqual(['one', 'two']);
  });

  test('what is older than a day asks first', async () => {
    const offline = tab();
    await offline.load(me);
    offline.add('general', 'one');
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
    before.add('general', 'one');
    await settle();
    const box = tab();
    await box.load({ id: 'b', name: 'Bob' });
    box.setLeading(true);
    box.setOnline(true);
    expect(box.entries).toEqual([]);
    expect(posts).toHaveLength(0);
    expect(store.kept).toHaveLength(1);
  });

  test('the same name in a new session is asked before its messages go out', async () => {
    const before = tab();
    await before.load(me);
    before.add('general', 'one');
    await settle();
    const box = tab();
    await box.load({ id: 'a2', name: 'Ada' });
    box.setLeading(true);
    box.setOnline(true);
    expect(posts).toHaveLength(0);
    expect(box.entries[0]?.reason?.code).toBe('other_session');
  });
});

describe('two tabs', () => {
  test('what one writes the leading one sends, and both see it settled', async () => {
    const leader = await ready();
    const other = tab();
    await other.load(me);
    other.setOnline(true);
    other.add('general', 'from the other tab');
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
    box.add('general', 'one');
    await settle();
    await reading;
    expect(states(box)).toEqual(['sending']);
  });

  test('a message deleted while the store is read does not come back', async () => {
    const box = await ready();
    box.add('general', 'one');
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
    other.add('general', 'one');
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
    leader.add('general', 'one');
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
