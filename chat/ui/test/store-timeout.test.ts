import { beforeEach, expect, test } from 'vitest';
import type { Answer } from '../src/net/contract';
import type { Entry, EntryStore } from '../src/outbox/entry';
import { Outbox } from '../src/outbox/outbox';
import type { Done } from '../src/outbox/sender';
import { STORE_MS, withTimeout } from '../src/outbox/store-timeout';
import { sendEntry, shortly } from './entries';
import { ManualClock, settle } from './manual-clock';

/** A store whose calls wait until `open` says that it works, as IndexedDB does in a wedged profile. */
class WedgedStore implements EntryStore {
  kept: Entry[] = [];
  private opened: (() => void)[] | undefined = [];

  open(): void {
    const waiting = this.opened ?? [];
    this.opened = undefined;
    for (const go of waiting) go();
  }

  private async ready(): Promise<void> {
    if (this.opened) await new Promise<void>((go) => this.opened?.push(go));
  }

  async all() {
    await this.ready();
    return [...this.kept];
  }

  async add(entry: Entry) {
    await this.ready();
    const kept = { ...entry, n: this.kept.length + 1 };
    this.kept.push(kept);
    return kept;
  }

  async put(entry: Entry) {
    await this.ready();
    this.kept = this.kept.map((e) => (e.key === entry.key ? entry : e));
  }

  async remove(key: string) {
    await this.ready();
    this.kept = this.kept.filter((e) => e.key !== key);
  }
}

const me = { id: 'a', name: 'Ada', hue: 0 };
const stored: Answer<Done> = { ok: true, ver: 1 };

let clock: ManualClock;
let store: WedgedStore;
let sent: string[];
let box: Outbox;

beforeEach(() => {
  clock = new ManualClock();
  store = new WedgedStore();
  sent = [];
  let ids = 0;
  box = new Outbox({
    clock,
    random: () => 0.5,
    store: withTimeout(store, clock, () => void box.load(me)),
    uuid: () => `c${++ids}`,
    send: async (entry) => {
      sent.push(shortly(entry));
      return stored;
    },
    changed: () => undefined,
    answered: () => undefined,
  });
  void box.load(me);
  box.setLeading(true);
  box.setOnline(true);
});

test('a store that does not answer holds a message up for two seconds, the next one not at all', async () => {
  box.send('general', { text: 'one' });
  await clock.go(STORE_MS - 1);
  expect(sent).toEqual([]);
  await clock.go(1);
  expect(sent).toEqual(['one']);
  box.send('general', { text: 'two' });
  await settle();
  expect(sent).toEqual(['one', 'two']);
});

test('a store that answers late gives back what it held, and what was sent meanwhile is not there', async () => {
  store.kept = [sendEntry('old', { at: clock.now(), n: 1 })];
  box.send('general', { text: 'one' });
  await clock.go(STORE_MS);
  expect(sent).toEqual(['one']);
  store.open();
  await settle();
  expect(sent).toEqual(['one', 'old']);
  expect(store.kept).toEqual([]);
});

test('a message that lives in one page alone is sent by it, whichever tab leads', async () => {
  box.setLeading(false);
  box.send('general', { text: 'one' });
  await clock.go(STORE_MS);
  expect(sent).toEqual(['one']);
});

test('reading the store again does not take such a message for settled', async () => {
  box.setOnline(false);
  box.send('general', { text: 'one' });
  await clock.go(STORE_MS);
  const working: EntryStore = { all: async () => [], add: async (e) => e, put: async () => {}, remove: async () => {} };
  Object.assign(store, working);
  await box.load(me);
  await settle();
  expect(box.entries.map((e) => e.state)).toEqual(['queued']);
});

test('messages that the store holds go before what is written while it is read', async () => {
  const slow = new WedgedStore();
  slow.kept = [sendEntry('old', { at: clock.now(), n: 1 })];
  Object.assign(slow, { add: async (e: Entry) => ({ ...e, n: 2 }) });
  const other = new Outbox({
    clock,
    random: () => 0.5,
    store: slow,
    uuid: () => 'new',
    send: async (entry) => {
      sent.push(shortly(entry));
      return stored;
    },
    changed: () => undefined,
    answered: () => undefined,
  });
  void other.load(me);
  other.setLeading(true);
  other.setOnline(true);
  other.send('general', { text: 'new' });
  await settle();
  expect(sent).toEqual([]);
  slow.open();
  await settle();
  expect(sent).toEqual(['old', 'new']);
});
