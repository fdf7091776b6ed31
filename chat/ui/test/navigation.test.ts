import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { Navigation } from '../src/store/navigation';
import { addressOf, HOME, parsePlace, type Place } from '../src/store/place';

const GENERAL: Place = { kind: 'room', key: 'general' };

let calls: string[];
let state: unknown;
let path: string;
const narrow = signal(false);
const wide = signal(true);

function open(): Navigation {
  const change = (call: string) => (next: unknown, _: string, url?: string | URL | null) => {
    state = next;
    path = String(url);
    calls.push(`${call} ${url}`);
  };
  return new Navigation({
    history: {
      get state() {
        return state;
      },
      pushState: change('push'),
      replaceState: change('replace'),
      back: () => void calls.push('back'),
    },
    path: () => path,
    narrow,
    wide,
  });
}

beforeEach(() => {
  calls = [];
  state = null;
  path = '/';
  narrow.value = false;
  wide.value = true;
});

describe('an address', () => {
  test.each<[string, Place]>([
    ['/', HOME],
    ['/mentions', { kind: 'mentions' }],
    ['/saved', { kind: 'saved' }],
    ['/scheduled', { kind: 'scheduled' }],
    ['/r/general', GENERAL],
    ['/r/caf%C3%A9/12', { kind: 'room', key: 'café', seq: 12 }],
    ['/d/5f2a', { kind: 'direct', key: '5f2a' }],
    ['/d/5f2a/3', { kind: 'direct', key: '5f2a', seq: 3 }],
  ])('%s names a place and back', (address, place) => {
    expect(parsePlace(address)).toEqual(place);
    expect(addressOf(place)).toBe(address);
  });

  test.each(['/r', '/r/', '/r/a/0', '/r/a/x', '/r/a/1/2', '/x/a', '/r/%E0%A4%A', '/mentions/1'])('%s is home', (address) => {
    expect(parsePlace(address)).toEqual(HOME);
  });
});

describe('going', () => {
  test('to another place adds a step for Back, to a message in the same room none', () => {
    const navigation = open();
    navigation.go(GENERAL);
    navigation.go({ ...GENERAL, seq: 7 });
    navigation.go({ kind: 'mentions' });
    expect(calls).toEqual(['push /r/general', 'replace /r/general/7', 'push /mentions']);
  });

  test('to the message that is shown already is a visit again', () => {
    const navigation = open();
    navigation.go({ ...GENERAL, seq: 7 });
    const visits = navigation.visits.value;
    navigation.go({ ...GENERAL, seq: 7 });
    expect(navigation.visits.value).toBe(visits + 1);
  });

  test('Back shows the place and view of the step', () => {
    const navigation = open();
    path = '/d/b';
    state = { people: true };
    navigation.popped();
    expect(navigation.place.value).toEqual({ kind: 'direct', key: 'b' });
    expect(navigation.view.value).toBe('people');
  });
});

describe('a small screen', () => {
  beforeEach(() => {
    narrow.value = true;
    wide.value = false;
  });

  test('opens a room at the first visit, and Back leads to the list', () => {
    open().begin(GENERAL);
    expect(calls).toEqual(['replace /', 'push /r/general']);
  });

  test('stays in the list after a reload', () => {
    state = {};
    const navigation = open();
    navigation.begin(GENERAL);
    expect(navigation.view.value).toBe('list');
    expect(navigation.roomShown.value).toBe(false);
  });

  test('shows the people over the room, and a press again goes back', () => {
    const navigation = open();
    navigation.go(GENERAL);
    expect(navigation.roomShown.value).toBe(true);
    navigation.togglePeople();
    expect(navigation.view.value).toBe('people');
    expect(navigation.roomShown.value).toBe(false);
    navigation.togglePeople();
    expect(calls).toEqual(['push /r/general', 'push /r/general', 'back']);
  });
});

test('a wide screen opens no room at the first visit, and closes its column of people', () => {
  const navigation = open();
  navigation.begin(GENERAL);
  expect(calls).toEqual(['replace /']);
  expect(navigation.peopleShown.value).toBe(true);
  navigation.togglePeople();
  expect(navigation.peopleShown.value).toBe(false);
  expect(navigation.view.value).toBe('list');
});
