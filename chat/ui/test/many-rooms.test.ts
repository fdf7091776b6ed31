import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Message, Person, RoomHead } from '../src/net/contract';
import { Room } from '../src/room/room';
import { HOME, type Place } from '../src/store/place';
import { OPEN_ROOMS, placeOf, RoomList } from '../src/store/room-list';
import { pageTitle, Totals } from '../src/store/totals';
import { type TargetsInput, targets } from '../src/switcher/targets';
import { settle } from './manual-clock';
import { ada, bob, event, head, message, range } from './messages';
import { roomList } from './rooms';

const cem: Person = { id: 'c', name: 'Cem', hue: 2 };
const place = signal<Place>(HOME);
const recent = signal<readonly string[]>([]);

let asked: [string, Record<string, unknown>][];
let stored: Message[];
let storedVer: number;
let removed: string[];
let rooms: RoomList;

beforeEach(() => {
  place.value = HOME;
  recent.value = [];
  asked = [];
  stored = [];
  storedVer = 0;
  removed = [];
  rooms = roomList({
    ask: async (name, query) => {
      asked.push([name, query as Record<string, unknown>]);
      const { before } = query as { before?: number };
      const messages = before === undefined ? stored.slice(-5) : stored.filter((m) => m.seq < before);
      return { ok: true, messages, more: false, ver: storedVer, changes: stored, to: storedVer, read_seq: 0 } as never;
    },
    kept: (id) => (id === 'kept' ? { ver: 3, messages: range(1, 3) } : undefined),
    place,
    recent,
    removed: (room) => removed.push(room.id),
  });
});

function welcome(...heads: RoomHead[]): void {
  rooms.welcome({ rooms: heads, delta: {} });
}

function room(id: string): Room {
  const found = rooms.find(id);
  if (!found) throw new Error(`no room ${id}`);
  return found;
}

const direct = (id: string, others: Person[], more: Partial<RoomHead> = {}) =>
  head(id, 0, { kind: others.length > 1 ? 'group' : 'direct', name: '', people: others, ...more });
const seqs = (id: string) => room(id).rows.value.flatMap((row) => (row.kind === 'message' ? [row.seq] : []));
const names = (list: readonly Room[]) => list.map((each) => each.name.value);

describe('the list', () => {
  test('has the general room first, the others by name, and direct rooms by the names of the others', () => {
    welcome(
      head('random', 0),
      direct('g', [cem, bob]),
      head('general', 0, { name: 'General' }),
      direct('d', [bob]),
      head('design', 0, { name: 'Design team', slug: 'design-team' }),
      head('old', 0, { archived: true }),
    );
    expect(names(rooms.channels.value)).toEqual(['general', 'Design team', 'random']);
    expect(names(rooms.directs.value)).toEqual(['Bob', 'Cem and Bob']);
  });

  test('gives the room of an address: by slug, by id, by person', () => {
    welcome(head('general', 0), head('x1', 0, { slug: 'design' }), direct('d', [bob]), direct('g', [bob, cem]));
    const places: [Place, string | undefined][] = [
      [HOME, 'general'],
      [{ kind: 'room', key: 'design' }, 'x1'],
      [{ kind: 'room', key: 'x1' }, 'x1'],
      [{ kind: 'direct', key: 'b' }, 'd'],
      [{ kind: 'direct', key: 'g' }, 'g'],
      [{ kind: 'direct', key: 'x1' }, undefined],
      [{ kind: 'room', key: 'd' }, undefined],
      [{ kind: 'room', key: 'nothing' }, undefined],
      [{ kind: 'mentions' }, undefined],
    ];
    for (const [at, id] of places) {
      place.value = at;
      expect(rooms.current.value?.id, JSON.stringify(at)).toBe(id);
    }
    expect(placeOf(room('d'), 7)).toEqual({ kind: 'direct', key: 'b', seq: 7 });
  });

  test('is at home in the room that was visited last', () => {
    welcome(head('general', 0), head('random', 0));
    recent.value = ['gone', 'random', 'general'];
    expect(rooms.current.value?.id).toBe('random');
  });

  test('keeps the rooms of the answer only', () => {
    welcome(head('general', 0), head('random', 0));
    const general = room('general');
    welcome(head('general', 0), head('new', 0));
    expect(rooms.all.value.map((each) => each.id)).toEqual(['general', 'new']);
    expect(room('general')).toBe(general);
    expect(removed).toEqual(['random']);
  });
});

describe('a room', () => {
  test('loads its newest messages when it is opened, and goes on from their ver', async () => {
    welcome(head('random', 8));
    expect(asked).toEqual([]);
    expect(rooms.versions()).toEqual({});
    stored = range(4, 8);
    storedVer = 8;
    rooms.open(room('random'));
    await settle();
    expect(asked).toEqual([['history', { room: 'random', limit: 50 }]]);
    expect(seqs('random')).toEqual([4, 5, 6, 7, 8]);
    expect(rooms.versions()).toEqual({ random: 8 });
    room('random').event(event(message(9)));
    expect(seqs('random')?.at(-1)).toBe(9);
  });

  test('keeps the changes that arrive before its messages', async () => {
    welcome(head('random', 8));
    stored = range(4, 8);
    storedVer = 8;
    rooms.open(room('random'));
    room('random').event(event(message(9)));
    await settle();
    expect(seqs('random')).toEqual([4, 5, 6, 7, 8, 9]);
  });

  test('draws what the browser kept, and asks only for what is missing', async () => {
    welcome(head('kept', 5));
    stored = range(4, 5);
    storedVer = 5;
    rooms.open(room('kept'));
    expect(seqs('kept')).toEqual([1, 2, 3]);
    await settle();
    expect(asked).toEqual([['sync', { room: 'kept', since_ver: 3, limit: 200 }]]);
    expect(seqs('kept')).toEqual([1, 2, 3, 4, 5]);
  });

  test('that was away for long loads its end, and again the older messages that are here', async () => {
    welcome(head('kept', 600));
    stored = [message(1), message(2, { ver: 300, text: 'edited' }), message(3), ...range(596, 600)];
    storedVer = 600;
    rooms.open(room('kept'));
    await settle();
    expect(asked).toEqual([
      ['history', { room: 'kept', limit: 50 }],
      ['history', { room: 'kept', before: 4, limit: 100 }],
    ]);
    expect(room('kept').rows.value.flatMap((row) => (row.kind === 'message' ? [row.text] : []))[1]).toBe('edited');
  });

  test('that is not open counts its messages and loads nothing', () => {
    welcome(head('random', 8), direct('d', [bob]));
    room('random').event(event(message(9)));
    room('random').event(event(message(10, { text: '<@a> hi', mentions: [ada] })));
    room('random').event(event(message(11, { text: '<@room> hi' })));
    room('d').event(event(message(1)));
    expect(room('random').unread.value).toBe(3);
    expect(room('random').mentions.value).toBe(2);
    expect(room('d').mentions.value).toBe(1);
    room('random').event(event(message(12, { sender: ada })));
    expect(room('random').unread.value).toBe(0);
    expect(room('random').mentions.value).toBe(0);
    expect(asked).toEqual([]);
  });

  test('that was not visited for long leaves the memory and keeps its counts', async () => {
    const ids = Array.from({ length: OPEN_ROOMS + 1 }, (_, i) => `r${i}`);
    welcome(...ids.map((id) => head(id, 3, { read_seq: 1, unread: 2 })));
    stored = range(1, 3);
    storedVer = 3;
    for (const id of ids) rooms.open(room(id));
    await settle();
    expect(Object.keys(rooms.versions())).toHaveLength(OPEN_ROOMS);
    expect(room('r0').ready.value).toBe(false);
    expect(room('r0').unread.value).toBe(2);
  });

  test('has a head for the cache that is up to date', () => {
    welcome(head('random', 8));
    room('random').event(event(message(9, { mentions: [ada] })));
    expect(room('random').head).toEqual(head('random', 9, { read_seq: 8, unread: 1, mentions: 1 }));
  });
});

test('the totals leave out muted rooms', () => {
  welcome(head('general', 5, { read_seq: 3, unread: 2 }), head('loud', 5, { mentions: 2 }), direct('d', [bob], { mentions: 3 }));
  const totals = new Totals(rooms.all);
  expect([totals.mentions.value, totals.channelMentions.value, totals.unread.value]).toEqual([5, 2, true]);
  room('loud').info.setLevel('none');
  room('general').info.setLevel('none');
  expect([totals.mentions.value, totals.channelMentions.value, totals.unread.value]).toEqual([3, 0, false]);
  expect(totals.anyUnread.value).toBe(true);
  expect(pageTitle({ mentions: 3, unread: true }, 'general')).toBe('(3) general · Natter');
  expect(pageTitle({ mentions: 120, unread: true }, '')).toBe('(99+) Natter');
  expect(pageTitle({ mentions: 0, unread: true }, 'general')).toBe('• general · Natter');
});

describe('the quick switcher', () => {
  const input = (more: Partial<TargetsInput>): TargetsInput => ({
    query: '',
    rooms: rooms.all.value,
    recent: [],
    current: undefined,
    people: [],
    found: [],
    me: 'a',
    ...more,
  });
  const listed = (more: Partial<TargetsInput>) => targets(input(more)).map((target) => `${target.kind} ${target.name}`);

  test('begins with mentions, unread rooms and the last visited ones, without the current', () => {
    welcome(head('a', 1), head('b', 1), head('unread', 3, { read_seq: 1, unread: 2 }), head('mentioned', 3, { mentions: 1 }), head('here', 1));
    expect(listed({ recent: ['here', 'b'], current: 'here' })).toEqual(['room mentioned', 'room unread', 'room b', 'room a']);
  });

  test('finds rooms, people and public rooms to join, each once', () => {
    welcome(head('benches', 1), direct('d', [bob]));
    const ben = { id: 'n', name: 'Ben', hue: 3 };
    const found = { id: 'f', slug: 'bengal', name: 'bengal', members: 2, joined: false };
    expect(listed({ query: 'be', people: [ben, ada, bob], found: [found, { ...found, id: 'j', joined: true }] })).toEqual([
      'person Ben',
      'join bengal',
      'room benches',
      'search Search',
    ]);
    expect(listed({ query: 'bob', people: [bob] })).toEqual(['room Bob', 'search Search']);
    expect(listed({ query: 'be', recent: ['benches'], people: [ben] })[0]).toBe('room benches');
  });

  test('searches messages for what stands behind a slash', () => {
    welcome(head('benches', 1));
    expect(targets(input({ query: '/ be' }))).toEqual([{ kind: 'search', key: 'search', name: 'Search', text: 'be' }]);
  });
});
