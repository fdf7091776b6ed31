import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Person, Welcome } from '../src/net/contract';
import type { SessionAnswer } from '../src/net/session-api';
import type { Entry, EntryStore } from '../src/outbox/entry';
import { ChatStore } from '../src/store/chat-store';
import type { DraftRecord } from '../src/store/draft-storage';
import type { CacheRecord } from '../src/store/room-cache';
import { FakeSocket } from './fake-socket';
import { ManualClock, settle } from './manual-clock';
import { MemoryRecords } from './memory-records';
import { MemoryBlobs } from './memory-blobs';
import { MemoryStorage } from './memory-storage';
import type { Notice } from '../src/notify/notifier';
import { ada, bob, event, head, message, range } from './messages';

class MemoryEntryStore implements EntryStore {
  kept: Entry[] = [];
  all = async () => [...this.kept];
  add = async (entry: Entry) => {
    const kept = { ...entry, n: this.kept.length + 1 };
    this.kept.push(kept);
    return kept;
  };
  put = async (entry: Entry) => {
    this.kept = this.kept.map((e) => (e.key === entry.key ? entry : e));
  };
  remove = async (key: string) => {
    this.kept = this.kept.filter((e) => e.key !== key);
  };
}

let clock: ManualClock;
let socket: FakeSocket;
let session: SessionAnswer;
let signedOut: boolean;
let entries: MemoryEntryStore;
let browserStorage: MemoryStorage;
let drafts: MemoryRecords<DraftRecord>;
let cache: MemoryRecords<CacheRecord>;
let path: string;
let store: ChatStore;
const notices: Notice[] = [];

const signedIn = (me: Person): SessionAnswer => ({ kind: 'in', me });

function open(): ChatStore {
  let ids = 0;
  return new ChatStore({
    clock,
    random: () => 0.5,
    uuid: () => `id-${++ids}`,
    socket: socket as never,
    sessionApi: {
      whoAmI: async () => session,
      signIn: async (name) => signedIn({ id: name.toLowerCase().charAt(0), name, hue: 0 }),
      signOut: async () => signedOut,
    },
    entryStore: entries,
    files: { blobs: new MemoryBlobs(), measure: async () => undefined, objectUrl: () => 'blob:', uploader: () => Promise.reject(new Error('none')) },
    showNotice: (notice) => void notices.push(notice),
    playSound: () => undefined,
    locks: undefined,
    openTabChannel: () => () => undefined,
    draftStore: drafts,
    cacheStore: cache,
    navigation: {
      history: { state: null, pushState: () => undefined, replaceState: () => undefined, back: () => undefined },
      path: () => path,
      narrow: signal(false),
      wide: signal(true),
    },
    tabStorage: new MemoryStorage(),
    browserStorage,
  });
}

beforeEach(() => {
  clock = new ManualClock();
  socket = new FakeSocket();
  session = signedIn(ada);
  signedOut = true;
  entries = new MemoryEntryStore();
  browserStorage = new MemoryStorage();
  drafts = new MemoryRecords();
  cache = new MemoryRecords();
  path = '/';
  store = open();
  store.attention.attentive.value = true;
});

function welcome(last: number, more: Partial<Welcome> = {}): Welcome & { ok: true } {
  return {
    ok: true,
    epoch: 'e1',
    me: ada,
    me_ver: 1,
    now: clock.now(),
    limits: { message: 100, name: 10, topic: 250, room_name: 40 },
    rooms: ['general', 'random'].map((id) => head(id, last)),
    delta: Object.fromEntries(
      ['general', 'random'].map((id) => [id, { limited: true, page: range(1, last), to: last, more: false } as const]),
    ),
    online: [ada, bob],
    count: 2,
    ...more,
  };
}

/** Answers the oldest request named `name` that was not answered yet. */
async function answer(name: string, value: unknown): Promise<void> {
  const at = socket.asked.findIndex((request) => request.event === name);
  expect(at, `a request named ${name}`).toBeGreaterThanOrEqual(0);
  socket.asked.splice(at, 1)[0]?.answer(value);
  await settle();
}

async function connect(value: unknown = welcome(3)): Promise<void> {
  await store.start();
  socket.join();
  await answer('hello', value);
}

const texts = (id: string) => store.rooms.find(id)?.rows.value.flatMap((row) => (row.kind === 'message' ? [row.text] : []));
const states = (id: string) => store.rooms.find(id)?.rows.value.flatMap((row) => (row.kind === 'message' ? [row.state] : []));

describe('the session', () => {
  test('without a cookie asks for a name, remembers it and connects', async () => {
    session = { kind: 'out' };
    await store.start();
    expect(store.session.phase.value).toBe('signed-out');
    expect(socket.tries).toHaveLength(0);
    const joining = store.session.join('Ada');
    session = signedIn(ada);
    expect(await joining).toBeUndefined();
    expect(store.session.phase.value).toBe('signed-in');
    expect(store.preferences.lastName).toBe('Ada');
    expect(socket.tries).toHaveLength(1);
  });

  test('reports a browser that keeps no cookie', async () => {
    session = { kind: 'out' };
    await store.start();
    expect((await store.session.join('Ada'))?.message).toContain('cookie');
    expect(store.session.phase.value).toBe('signed-out');
  });

  test('asks again after a wait that grows while the server does not answer', async () => {
    session = { kind: 'offline' };
    await store.start();
    expect(store.session.phase.value).toBe('starting');
    await clock.go(1000);
    session = signedIn(ada);
    await clock.go(1999);
    expect(store.session.phase.value).toBe('starting');
    await clock.go(1);
    expect(store.session.phase.value).toBe('signed-in');
  });

  test('expires when the server has ended it, and the rooms and drafts stay', async () => {
    await connect();
    store.drafts.write('general', 'half a sentence');
    session = { kind: 'out' };
    socket.lose('io server disconnect');
    await settle();
    expect(store.session.phase.value).toBe('expired');
    expect(store.drafts.text('general').value).toBe('half a sentence');
    expect(texts('general')).toHaveLength(3);
  });

  test('removes rooms, drafts and entries when the person leaves', async () => {
    await connect();
    store.drafts.write('general', 'half a sentence');
    await store.session.leave();
    expect(store.session.phase.value).toBe('signed-out');
    expect(store.session.me.value).toBeUndefined();
    expect(store.rooms.all.value).toEqual([]);
    expect(store.drafts.text('general').value).toBe('');
    expect(store.people.roster.value.count).toBe(0);
    expect(socket.connected).toBe(false);
  });

  test('stays when the server does not answer the leaving', async () => {
    await connect();
    signedOut = false;
    await store.session.leave();
    expect(store.session.phase.value).toBe('signed-in');
    expect(socket.connected).toBe(true);
  });
});

describe('hello', () => {
  test('brings rooms, people and limits', async () => {
    await connect();
    expect(store.rooms.all.value.map((room) => room.id)).toEqual(['general', 'random']);
    expect(store.rooms.current.value?.id).toBe('general');
    expect(store.people.roster.value.people.map((p) => p.name)).toEqual(['Ada', 'Bob']);
    expect(store.limits.value).toEqual({ message: 100, name: 10, topic: 250, room_name: 40 });
    expect(store.connection.online.value).toBe(true);
  });

  test('keeps the room objects after a reconnect', async () => {
    await connect();
    const before = store.rooms.all.value;
    socket.lose('transport close');
    expect(store.connection.online.value).toBe(false);
    await clock.go(500);
    socket.join();
    await answer('hello', welcome(3, { delta: {} }));
    expect(store.rooms.all.value).toBe(before);
    expect(store.rooms.versions()).toEqual({ general: 3, random: 3 });
  });

  test('with another epoch loads the rooms again', async () => {
    await connect(welcome(5));
    socket.lose('transport close');
    await clock.go(500);
    socket.join();
    await answer('hello', welcome(2, { epoch: 'e2' }));
    expect(texts('general')).toEqual(['text 1', 'text 2']);
  });

  test('that is refused for good asks for a reload', async () => {
    await connect({ err: { code: 'proto', message: 'Too old', permanent: true } });
    expect(store.connection.banner.value).toEqual({ kind: 'update' });
    expect(socket.connected).toBe(false);
  });
});

describe('events', () => {
  beforeEach(() => connect());

  test('reach the room that they name', () => {
    socket.fire('ev', { ...event(message(4)), room: 'random' });
    expect(texts('random')?.at(-1)).toBe('text 4');
    expect(texts('general')?.at(-1)).toBe('text 3');
    expect(store.announcement.value).toBe('');
    socket.fire('ev', event(message(4)));
    expect(store.announcement.value).toBe('Bob: text 4');
  });

  test('of typing reach the room that they name, and one\'s own are left out', () => {
    socket.fire('typing', { room: 'random', who: bob });
    socket.fire('typing', { room: 'general', who: ada });
    expect(store.rooms.find('random')?.typing.line.value).toBe('Bob is typing…');
    expect(store.rooms.find('general')?.typing.line.value).toBe('');
  });

  test('of presence make a notice for twelve seconds', async () => {
    socket.fire('presence', { count: 3, joined: [{ id: 'e', name: 'Eve', hue: 0 }], left: [] });
    expect(store.people.notice.value).toBe('Eve joined');
    await clock.go(12_000);
    expect(store.people.notice.value).toBeUndefined();
  });

  test('of a closing server show in the banner', () => {
    socket.fire('server.closing', { in_ms: 1000 });
    expect(store.connection.banner.value).toEqual({ kind: 'restarting' });
  });
});

describe('sending', () => {
  beforeEach(() => connect());

  test('shows the message at once in its room and removes the entry when it arrives', async () => {
    const random = store.rooms.find('random');
    if (random) store.send(random, 'hi');
    expect(texts('random')?.at(-1)).toBe('hi');
    expect(texts('general')).toHaveLength(3);
    await settle();
    expect(states('random')?.at(-1)).toBe('sending');
    const cmid = store.outbox.entries.value[0]?.id ?? '';
    socket.fire('ev', { ...event(message(4, { cmid, sender: ada, text: 'hi' })), room: 'random' });
    expect(store.outbox.entries.value).toEqual([]);
    expect(states('random')).toEqual(['sent', 'sent', 'sent', 'sent']);
    await settle();
    expect(entries.kept).toEqual([]);
  });

  test('shows in the banner that the server cannot store messages, until it can', async () => {
    const general = store.rooms.find('general');
    if (general) store.send(general, 'hi');
    await settle();
    await answer('msg.send', { err: { code: 'storage', message: 'Later', permanent: false } });
    expect(store.connection.banner.value).toEqual({ kind: 'storage' });
    await clock.go(1000);
    await answer('msg.send', { ok: true, seq: 4, ver: 4, ts: clock.now() });
    expect(store.connection.banner.value).toEqual({ kind: 'none' });
  });
});

test('without a connection the banner reports it after two seconds, and the missed messages afterwards', async () => {
  await connect();
  socket.lose('transport close');
  await clock.go(1999);
  expect(store.connection.banner.value).toEqual({ kind: 'none' });
  await clock.go(1);
  expect(store.connection.banner.value).toEqual({ kind: 'connecting', first: false });
  socket.join();
  await answer('hello', welcome(5, { delta: { general: { from: 3, to: 5, changes: range(4, 5) } } }));
  expect(store.connection.banner.value).toEqual({ kind: 'back', missed: 2 });
  await clock.go(3000);
  expect(store.connection.banner.value).toEqual({ kind: 'none' });
});

test('another person on the same page sees no rooms and drafts of the one before', async () => {
  await connect();
  store.drafts.write('general', 'a private draft');
  session = { kind: 'out' };
  socket.lose('io server disconnect');
  await settle();
  const joining = store.session.join('Bob');
  session = signedIn(bob);
  await joining;
  expect(store.rooms.all.value).toEqual([]);
  expect(store.drafts.text('general').value).toBe('');
});
