import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import type { NotifyLevel, RoomKind } from '../src/net/contract';
import { type Notice, Notifier, SOUND_PAUSE_MS, WAIT_MS } from '../src/notify/notifier';
import { NotifySettings } from '../src/notify/notify-settings';
import type { Room } from '../src/room/room';
import { ManualClock } from './manual-clock';
import { MemoryStorage } from './memory-storage';
import { ada, bob, message } from './messages';

let clock: ManualClock;
let storage: MemoryStorage;
let settings: NotifySettings;
let shown: Notice[];
let played: number;
let seen: boolean;
let notifier: Notifier;

function open(): Notifier {
  return new Notifier({
    clock,
    settings,
    storage,
    me: () => ada,
    seen: () => seen,
    show: (notice) => shown.push(notice),
    play: () => played++,
  });
}

beforeEach(() => {
  clock = new ManualClock();
  storage = new MemoryStorage();
  settings = new NotifySettings(storage);
  settings.setDesktop(true);
  settings.setSound(true);
  shown = [];
  played = 0;
  seen = false;
  notifier = open();
});

function room(level: NotifyLevel = 'all', kind: RoomKind = 'public'): Room & { readonly read: (seq: number) => void } {
  const readSeq = signal(0);
  return {
    id: 'r',
    name: signal('General'),
    info: { level: signal(level), kind: signal(kind), archived: signal(false), direct: signal(kind === 'direct') },
    readState: { readSeq },
    read: (seq: number) => {
      readSeq.value = seq;
    },
  } as never;
}

describe('a message of another person', () => {
  test('is shown and heard', async () => {
    notifier.message(room(), message(1, { text: '**hi**' }));
    await clock.go(WAIT_MS);
    expect(shown).toEqual([{ room: 'r', seq: 1, title: 'Bob in #General', text: 'hi' }]);
    expect(played).toBe(1);
  });

  test('with files only names them', async () => {
    const file = { id: 'f', name: 'a.png', type: 'image/png', size: 1 };
    notifier.message(room('all', 'direct'), message(1, { text: '', files: [file] }));
    await clock.go(WAIT_MS);
    expect(shown).toMatchObject([{ title: 'Bob', text: 'a.png' }]);
  });

  test.each([
    ['all', {}, true],
    ['none', { text: '<@room>' }, false],
    ['mentions', {}, false],
    ['mentions', { text: 'for <@room>' }, true],
    ['mentions', { mentions: [ada] }, true],
    ['mentions', { mentions: [bob] }, false],
  ] as const)('at the level %s with %o', async (level, more, wanted) => {
    notifier.message(room(level), message(1, more));
    await clock.go(WAIT_MS);
    expect(shown.length === 1).toBe(wanted);
  });

  test('that the person looks at or reads elsewhere is not told', async () => {
    seen = true;
    notifier.message(room(), message(1));
    seen = false;
    const other = room();
    notifier.message(other, message(2));
    other.read(2);
    await clock.go(WAIT_MS);
    expect(shown).toEqual([]);
  });

  test('is told by one tab', async () => {
    notifier.message(room(), message(1));
    open().message(room(), message(1));
    await clock.go(WAIT_MS);
    expect(shown).toHaveLength(1);
  });

  test('sounds at most once in a while', async () => {
    for (let seq = 1; seq <= 5; seq++) notifier.message(room(), message(seq));
    await clock.go(WAIT_MS);
    expect([shown.length, played]).toEqual([5, 1]);
    await clock.go(SOUND_PAUSE_MS);
    notifier.message(room(), message(6));
    await clock.go(WAIT_MS);
    expect(played).toBe(2);
  });

  test('is not told when both are off', async () => {
    settings.setDesktop(false);
    settings.setSound(false);
    notifier.message(room(), message(1));
    expect(clock.pending).toBe(0);
    expect(new NotifySettings(storage).desktop.value).toBe(false);
  });
});
