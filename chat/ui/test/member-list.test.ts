import { beforeEach, expect, test } from 'vitest';
import type { PersonOnline } from '../src/net/contract';
import { MemberList, OPEN_MS, REFRESH_MS } from '../src/store/member-list';
import { ManualClock, settle } from './manual-clock';

const p = (name: string, online: boolean): PersonOnline => ({ id: name.toLowerCase(), name, hue: 0, online });

let clock: ManualClock;
let asked: Record<string, unknown>[];
let answers: ((people: PersonOnline[]) => void)[];
let list: MemberList;

beforeEach(() => {
  clock = new ManualClock();
  asked = [];
  answers = [];
  list = new MemberList({
    clock,
    ask: (query) => {
      asked.push(query);
      return new Promise((resolve) =>
        answers.push((people) => resolve({ ok: true, people, count: people.length, online: people.filter((x) => x.online).length })),
      );
    },
  });
});

async function answer(...people: PersonOnline[]): Promise<void> {
  answers.shift()?.(people);
  await settle();
}

const names = () => list.members.value?.people.map((x) => x.name);

test('lists people online first, each part by name', async () => {
  list.show('general');
  await clock.go(OPEN_MS);
  await answer(p('Zoe', false), p('Cem', true), p('bob', true), p('Ada', false));
  expect(names()).toEqual(['bob', 'Cem', 'Ada', 'Zoe']);
});

test('a person who walks through the rooms asks for the last one only', async () => {
  list.show('one');
  list.show('two');
  await clock.go(OPEN_MS);
  expect(asked.map((q) => q['room'])).toEqual(['two']);
});

test('somebody new is in the list of general at once', async () => {
  list.show('general');
  await clock.go(OPEN_MS);
  await answer(p('Ada', true));
  const { online: _, ...bob } = p('Bob', true);
  list.presence({ count: 2, joined: [bob], left: [] });
  expect(names()).toEqual(['Ada', 'Bob']);
  expect(list.members.value).toMatchObject({ count: 2, online: 2 });
});

test('an answer for the room before is dropped', async () => {
  list.show('one');
  await clock.go(OPEN_MS);
  list.show('two');
  await answer(p('Ada', true));
  expect(list.members.value).toBeUndefined();
});

test('people who come and go change at once, and the list is loaded again once', async () => {
  list.show('general');
  await clock.go(OPEN_MS);
  await answer(p('Ada', true), p('Bob', false));
  list.presence({ count: 2, joined: [p('Bob', true)], left: [] });
  list.presence({ count: 1, joined: [], left: [p('Ada', true)] });
  expect(names()).toEqual(['Bob', 'Ada']);
  expect(list.members.value?.online).toBe(1);
  await clock.go(REFRESH_MS);
  expect(asked).toHaveLength(2);
});

test('a filter asks the server', async () => {
  list.show('general');
  await clock.go(OPEN_MS);
  list.find('bo');
  expect(asked.at(-1)).toEqual({ room: 'general', q: 'bo', limit: 200 });
  list.find('bo');
  expect(asked).toHaveLength(2);
});

test('a new bot is in the list without a reload of the page', async () => {
  list.show('general');
  await clock.go(OPEN_MS);
  await answer(p('Ada', true));
  const { online: _, ...robot } = p('Robot', false);
  list.profile({ ...robot, role: 'member', bot: true });
  await clock.go(REFRESH_MS);
  await answer(p('Ada', true), p('Robot', false));
  expect(names()).toEqual(['Ada', 'Robot']);
});

test('a room that looks different asks for its members, another room asks nothing', async () => {
  list.show('one');
  await clock.go(OPEN_MS);
  await answer(p('Ada', true));
  list.changed('two');
  await clock.go(REFRESH_MS);
  expect(asked).toHaveLength(1);
  list.changed('one');
  await clock.go(REFRESH_MS);
  expect(asked).toHaveLength(2);
});
