import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../src/net/contract';
import type { Entry } from '../src/outbox/entry';
import { Outbox } from '../src/outbox/outbox';
import type { Done } from '../src/outbox/sender';
import { MemoryStore, shortly } from './entries';
import { ManualClock, settle } from './manual-clock';
import { message } from './messages';

const me = { id: 'a', name: 'Ada', hue: 0 };
const stored: Answer<Done> = { ok: true, ver: 1 };

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
    send: (entry) =>
      new Promise((answer, reject) =>
        posts.push({ entry, answer, breakConnection: () => reject(new Error('offline')) }),
      ),
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

describe('changes of messages', () => {
  const edit = (text: string, baseVer = 1) => ({ op: 'edit', seq: 5, baseVer, text }) as const;
  const react = (emoji: string, on: boolean) => ({ op: 'react', seq: 5, emoji, on }) as const;
  const conflict = (text: string, ver: number): Answer<Done> => ({
    err: { code: 'conflict', message: 'Changed', permanent: true },
    message: message(5, { ver, text }),
  });

  test('go in order with the messages of their room', async () => {
    const box = await ready();
    box.send('general', { text: 'one' });
    box.change('general', react('👍', true));
    box.change('general', { op: 'pin', seq: 5, on: true });
    await settle();
    await answer(0, stored);
    await answer(1, stored);
    expect(sent()).toEqual(['one', 'react/general/5/👍', 'pin/general/5']);
  });

  test('the last one with a key wins, also in the store', async () => {
    const box = tab();
    await box.load(me);
    box.change('general', edit('first'));
    await settle();
    box.change('general', react('👍', true));
    box.change('general', react('🎉', true));
    box.change('general', react('👍', false));
    box.change('general', edit('second'));
    await settle();
    const keys = ['react/general/5/🎉', 'react/general/5/👍', 'edit/general/5 second on 1'];
    expect(box.entries.map(shortly)).toEqual(keys);
    expect(store.kept.map(shortly)).toEqual(keys);
  });

  test('survive a reload', async () => {
    const before = tab();
    await before.load(me);
    before.change('general', edit('later'));
    await settle();
    await ready();
    expect(sent()).toEqual(['edit/general/5 later on 1']);
  });

  test('a new edit follows the one in flight and builds on its result', async () => {
    const box = await ready();
    box.change('general', edit('first'));
    await settle();
    box.change('general', edit('second'));
    await settle();
    expect(sent()).toEqual(['edit/general/5 first on 1']);
    await answer(0, { ok: true, ver: 8 });
    expect(sent()).toEqual(['edit/general/5 first on 1', 'edit/general/5 second on 8']);
    await answer(1, { ok: true, ver: 9 });
    expect(box.entries).toMatchObject([{ state: 'sent', ver: 9, text: 'second' }]);
    expect(store.kept).toEqual([]);
  });

  test('an edit whose earlier form was stored without an answer is no conflict', async () => {
    const box = await ready();
    box.change('general', edit('first'));
    await settle();
    posts[0]?.breakConnection();
    await settle();
    box.change('general', edit('second'));
    await clock.go(1000);
    await answer(1, conflict('first', 8));
    expect(sent().slice(1)).toEqual(['edit/general/5 second on 1', 'edit/general/5 second on 8']);
  });

  test('an edit of another version fails with that version, and Retry can build on it', async () => {
    const box = await ready();
    const { id } = box.change('general', edit('mine'));
    await settle();
    await answer(0, conflict('theirs', 8));
    expect(box.entries).toMatchObject([{ state: 'failed', reason: { code: 'conflict', current: { text: 'theirs' } } }]);
    expect(store.kept).toMatchObject([{ state: 'failed' }]);
    box.retry(id, 8);
    expect(sent()).toEqual(['edit/general/5 mine on 1', 'edit/general/5 mine on 8']);
  });

  test('a held deletion lets other operations pass and can be discarded', async () => {
    const box = await ready();
    const { id } = box.change('general', { op: 'del', seq: 5 }, 5_000);
    box.send('general', { text: 'one' });
    await settle();
    await answer(0, stored);
    expect(sent()).toEqual(['one']);
    expect(box.discard(id)).toMatchObject({ op: 'del' });
    await clock.go(5_000);
    expect(sent()).toEqual(['one']);
    expect(store.kept).toEqual([]);
  });

  test('a held deletion is sent when its time is over, and cannot be discarded then', async () => {
    const box = await ready();
    const { id } = box.change('general', { op: 'del', seq: 5 }, 5_000);
    await clock.go(4_999);
    expect(sent()).toEqual([]);
    await clock.go(1);
    expect(sent()).toEqual(['del/general/5']);
    expect(box.discard(id)).toBeUndefined();
  });

  test('a held deletion is also sent after a reload', async () => {
    const before = tab();
    await before.load(me);
    before.change('general', { op: 'del', seq: 5 }, 5_000);
    await settle();
    await ready();
    expect(sent()).toEqual([]);
    await clock.go(5_000);
    expect(sent()).toEqual(['del/general/5']);
  });

  test('of an earlier session with the same name are not sent', async () => {
    const before = tab();
    await before.load(me);
    before.change('general', edit('mine'));
    await settle();
    const box = tab();
    await box.load({ id: 'a2', name: 'Ada', hue: 0 });
    expect(box.entries).toEqual([]);
  });

  test('that the leading tab has sent are gone in the other', async () => {
    const leader = await ready();
    const other = tab();
    await other.load(me);
    other.change('general', react('👍', true));
    await settle();
    await leader.load(me);
    await answer(0, stored);
    await other.load(me);
    expect(other.entries).toEqual([]);
  });
});
