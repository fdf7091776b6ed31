import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Person, Welcome } from '../src/net/contract';
import type { SessionAnswer } from '../src/net/session-api';
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

let clock: ManualClock;
let socket: FakeSocket;
let session: SessionAnswer;
let cache: MemoryRecords<CacheRecord>;
let storage: MemoryStorage;
let addresses: string[];
let path: string;
let store: ChatStore;
const notices: Notice[] = [];

function open(): ChatStore {
  const change = (_: unknown, __: string, url?: string | URL | null) => {
    path = String(url);
    addresses.push(path);
  };
  const opened = new ChatStore({
    clock,
    random: () => 0.5,
    uuid: () => 'id',
    socket: socket as never,
    sessionApi: {
      whoAmI: async () => session,
      signIn: async (name) => ({ kind: 'in', me: { id: name.toLowerCase(), name, hue: 0 } }),
      signOut: async () => true,
    },
    entryStore: { all: async () => [], add: async (entry) => entry, put: async () => undefined, remove: async () => undefined },
    draftStore: new MemoryRecords<DraftRecord>(),
    cacheStore: cache,
    files: { blobs: new MemoryBlobs(), measure: async () => undefined, objectUrl: () => 'blob:', uploader: () => Promise.reject(new Error('none')) },
    showNotice: (notice) => void notices.push(notice),
    playSound: () => undefined,
    locks: undefined,
    openTabChannel: () => () => undefined,
    navigation: {
      history: { state: null, pushState: change, replaceState: change, back: () => undefined },
      path: () => path,
      narrow: signal(false),
      wide: signal(true),
    },
    tabStorage: new MemoryStorage(),
    browserStorage: storage,
  });
  opened.attention.attentive.value = true;
  return opened;
}

beforeEach(() => {
  clock = new ManualClock();
  socket = new FakeSocket();
  session = { kind: 'in', me: ada };
  cache = new MemoryRecords();
  storage = new MemoryStorage();
  addresses = [];
  path = '/r/general';
  store = open();
});

const answers = (more: Partial<Welcome> = {}): Welcome & { ok: true } => ({
  ok: true,
  epoch: 'e1',
  me: ada,
  me_ver: 5,
  now: clock.now(),
  limits: { message: 100, name: 10, topic: 250, room_name: 40 },
  rooms: [head('general', 3), head('random', 3)],
  delta: {},
  online: [ada, bob],
  count: 2,
  ...more,
});

async function answer(name: string, value: unknown): Promise<void> {
  const at = socket.asked.findIndex((request) => request.event === name);
  expect(at, `a request named ${name}`).toBeGreaterThanOrEqual(0);
  socket.asked.splice(at, 1)[0]?.answer(value);
  await settle();
}

async function connect(value = answers()): Promise<void> {
  await store.start();
  socket.join();
  await answer('hello', value);
  await answer('history', { ok: true, messages: range(1, 3), more: false, ver: 3 });
}

const ids = () => store.rooms.all.value.map((room) => room.id);
const texts = (id: string) => store.rooms.find(id)?.rows.value.flatMap((row) => (row.kind === 'message' ? [row.text] : []));

describe('the person\'s own events', () => {
  beforeEach(() => connect());

  test('add, change and remove rooms', () => {
    socket.fire('me.ev', { ver: 6, kind: 'room', room: 'new', head: head('new', 0) });
    socket.fire('me.ev', { ver: 7, kind: 'room', room: 'random', head: head('random', 3, { topic: 'All the rest' }) });
    expect(ids()).toEqual(['general', 'random', 'new']);
    expect(store.rooms.find('random')?.info.topic.value).toBe('All the rest');
    socket.fire('me.ev', { ver: 8, kind: 'left', room: 'new' });
    expect(ids()).toEqual(['general', 'random']);
  });

  test('bring what the person read elsewhere, and the level', () => {
    socket.fire('ev', { ...event(message(4, { mentions: [ada] })), room: 'random' });
    const random = store.rooms.find('random');
    expect([random?.unread.value, random?.mentions.value]).toEqual([1, 1]);
    socket.fire('me.ev', { ver: 6, kind: 'read', room: 'random', read_seq: 4, unread: 0, mentions: 0 });
    socket.fire('me.ev', { ver: 7, kind: 'level', room: 'random', level: 'none' });
    expect([random?.unread.value, random?.mentions.value, random?.info.level.value]).toEqual([0, 0, 'none']);
  });

  test('with a gap ask for everything once', async () => {
    socket.fire('me.ev', { ver: 8, kind: 'left', room: 'random' });
    socket.fire('me.ev', { ver: 9, kind: 'level', room: 'general', level: 'mentions' });
    expect(socket.asked.filter((request) => request.event === 'hello')).toHaveLength(1);
    await answer('hello', answers({ me_ver: 9, rooms: [head('general', 3, { level: 'mentions' })] }));
    expect(ids()).toEqual(['general']);
  });

  test('of a renamed room change the address', () => {
    socket.fire('me.ev', { ver: 6, kind: 'room', room: 'general', head: head('general', 3, { slug: 'lobby', name: 'lobby' }) });
    expect(store.rooms.current.value?.id).toBe('general');
    expect(path).toBe('/r/lobby');
    socket.fire('me.ev', { ver: 7, kind: 'room', room: 'general', head: head('general', 3, { slug: 'hall', name: 'hall' }) });
    expect(store.rooms.current.value?.id).toBe('general');
    expect(path).toBe('/r/hall');
  });
});

describe('an address', () => {
  test('of a message opens its room there', async () => {
    socket = new FakeSocket();
    path = '/r/random/2';
    store = open();
    await connect();
    expect(store.rooms.current.value?.id).toBe('random');
    expect(store.rooms.current.value?.target.value).toEqual({ seq: 2 });
  });

  test('of a room that the person is not in shows no room', async () => {
    socket = new FakeSocket();
    path = '/r/secret';
    store = open();
    await store.start();
    socket.join();
    await answer('hello', answers());
    expect(store.rooms.current.value).toBeUndefined();
    expect(store.rooms.known.value).toBe(true);
  });
});

describe('actions', () => {
  beforeEach(() => connect());

  test('create a room and go to it', async () => {
    const creating = store.actions.create({ kind: 'public', name: 'design' });
    await answer('room.create', { ok: true, room: head('design', 0) });
    expect(await creating).toBeUndefined();
    expect(store.rooms.current.value?.id).toBe('design');
    expect(addresses.at(-1)).toBe('/r/design');
  });

  test('give the sentence of a refusal', async () => {
    const creating = store.actions.create({ kind: 'public', name: 'random' });
    await answer('room.create', { err: { code: 'room_taken', message: 'There is such a room.', permanent: true } });
    expect(await creating).toBe('There is such a room.');
    expect(store.rooms.current.value?.id).toBe('general');
  });

  test('set the level at once, and back when the server refuses', async () => {
    const general = store.rooms.find('general');
    if (!general) throw new Error('no room');
    const setting = store.actions.setLevel(general, 'none');
    expect(general.info.level.value).toBe('none');
    await answer('level', { err: { code: 'rate', message: 'Too fast.', permanent: false } });
    expect(await setting).toBe('Too fast.');
    expect(general.info.level.value).toBe('all');
  });

  test('leave the room on the screen for the last one', async () => {
    store.navigation.go({ kind: 'room', key: 'random' });
    const random = store.rooms.find('random');
    if (!random) throw new Error('no room');
    const leaving = store.actions.leave(random);
    await answer('room.leave', { ok: true });
    expect(await leaving).toBeUndefined();
    expect(ids()).toEqual(['general']);
    expect(store.rooms.current.value?.id).toBe('general');
  });
});

describe('the next visit', () => {
  beforeEach(async () => {
    await connect();
    await clock.go(1000);
    store.hidden();
    await settle();
    socket = new FakeSocket();
    path = '/r/general';
  });

  test('draws rooms and messages before the server answers', async () => {
    session = { kind: 'offline' };
    store = open();
    await store.start();
    await settle();
    expect(ids()).toEqual(['general', 'random']);
    expect(texts('general')).toEqual(['text 1', 'text 2', 'text 3']);
    expect(store.session.phase.value).toBe('starting');
    const general = store.rooms.find('general');
    if (general) store.send(general, 'written offline');
    expect(texts('general')?.at(-1)).toBe('written offline');
  });

  test('then asks for the changes only', async () => {
    store = open();
    await store.start();
    await settle();
    expect(store.rooms.versions()).toEqual({ general: 3 });
    socket.join();
    await answer('hello', answers({ rooms: [head('general', 4), head('random', 3)], delta: { general: { from: 3, to: 4, changes: range(4, 4) } } }));
    expect(texts('general')?.at(-1)).toBe('text 4');
    expect(socket.asked.map((request) => request.event)).not.toContain('history');
  });

  test('shows nothing to another person', async () => {
    session = { kind: 'out' };
    store = open();
    await store.start();
    expect(store.session.phase.value).toBe('signed-out');
    expect(ids()).toEqual([]);
    const joining = store.session.join('Bob');
    session = { kind: 'in', me: bob as Person };
    await joining;
    await settle();
    expect(ids()).toEqual([]);
    expect(cache.kept.size).toBe(0);
  });

  test('after a sign-out shows nothing', async () => {
    await store.session.leave();
    await settle();
    session = { kind: 'offline' };
    store = open();
    await store.start();
    await settle();
    expect(ids()).toEqual([]);
    expect([...storage.kept.keys()].filter((key) => key === 'person' || key === 'recent-rooms')).toEqual([]);
  });
});
