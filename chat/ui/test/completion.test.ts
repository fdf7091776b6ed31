import { beforeEach, describe, expect, test } from 'vitest';
import { ASK_MS, Completion, MOST_OPTIONS } from '../src/composer/completion';
import { completionQuery } from '../src/composer/completion-query';
import { insertInto } from '../src/composer/insert-text';
import type { Person } from '../src/net/contract';
import { ManualClock, settle } from './manual-clock';
import { ada, bob } from './messages';

test.each([
  ['@', 'person', '', 0],
  ['hi @bo', 'person', 'bo', 3],
  ['hi (@bo', 'person', 'bo', 4],
  ['@Ada Lo', 'person', 'Ada Lo', 0],
  ['nice :tad', 'emoji', 'tad', 5],
  ['🎉:tad', 'emoji', 'tad', 2],
  ['(:+1', 'emoji', '+1', 1],
])('the word before the caret in %j is completed', (text, kind, query, from) => {
  expect(completionQuery(text, text.length)).toEqual({ kind, query, from, to: text.length });
});

test.each(['', 'hi', 'mail@bo', '@ bo', '@a\nb', 'a:tad', ':t', '10:30', '::tad', 'https://a', '@Ada  x'])(
  'nothing in %j is completed',
  (text) => {
    expect(completionQuery(text, text.length)).toBeUndefined();
  },
);

test('only the text before the caret counts', () => {
  expect(completionQuery('@bob and @ada', 3)).toEqual({ kind: 'person', query: 'bo', from: 0, to: 3 });
});

test('an emoji goes where the selection is', () => {
  expect(insertInto('abcd', 1, 3, '🎉')).toEqual({ text: 'a🎉d', caret: 3 });
});

describe('the list', () => {
  const cem: Person = { id: 'c', name: 'Cem', hue: 2 };
  let clock: ManualClock;
  let found: Person[];
  let late: Promise<Person[]> | undefined;
  let asked: string[];
  let completion: Completion;

  beforeEach(() => {
    clock = new ManualClock();
    found = [];
    late = undefined;
    asked = [];
    completion = new Completion({
      clock,
      known: () => [ada, bob],
      findPeople: async (query) => {
        asked.push(query);
        return late ?? found;
      },
      findEmoji: async (query, most) =>
        [{ emoji: '🎉', names: ['tada'] as const }].filter(({ names }) => names[0].startsWith(query)).slice(0, most),
    });
  });

  const options = () =>
    completion.options.value.map((o) => (o.kind === 'person' ? o.person.name : o.kind === 'emoji' ? o.emoji : '@room'));
  const type = (text: string) => completion.update(text, text.length);

  test('offers known people at once, and those of the server after a pause', async () => {
    found = [bob, cem];
    type('@');
    expect(options()).toEqual(['Ada', 'Bob', '@room']);
    await clock.go(ASK_MS - 1);
    expect(asked).toEqual([]);
    await clock.go(1);
    expect(asked).toEqual(['']);
    expect(options()).toEqual(['Ada', 'Bob', 'Cem', '@room']);
  });

  test('asks once for what was typed quickly, and drops a late answer', async () => {
    type('@b');
    type('@bo');
    await clock.go(ASK_MS);
    expect(asked).toEqual(['bo']);
    let answer = (_people: Person[]) => {};
    late = new Promise((resolve) => (answer = resolve));
    type('@x');
    await clock.go(ASK_MS);
    type('');
    answer([cem]);
    await settle();
    expect(options()).toEqual([]);
  });

  test('is never long', async () => {
    found = Array.from({ length: 30 }, (_, i) => ({ id: `p${i}`, name: `P${i}`, hue: i }));
    type('@');
    await clock.go(ASK_MS);
    expect(options()).toHaveLength(MOST_OPTIONS);
  });

  test('moves round, and puts the choice into the text', () => {
    type('hi @');
    completion.move(-1);
    expect(completion.active.value).toBe(2);
    completion.move(1);
    completion.move(1);
    const option = completion.options.value[completion.active.value];
    expect(option && completion.take(option, 'hi @')).toEqual({ text: 'hi @Bob ', caret: 8 });
    expect(options()).toEqual([]);
  });

  test('keeps the text behind the caret', () => {
    completion.update('@b later', 2);
    const [option] = completion.options.value;
    expect(option && completion.take(option, '@b later')).toEqual({ text: '@Bob later', caret: 5 });
  });

  test('offers emoji', async () => {
    type('yes :tad');
    await settle();
    expect(options()).toEqual(['🎉']);
  });

  test('stays closed for a word after Escape, and opens for the next one', () => {
    type('@b');
    completion.close();
    type('@bo');
    expect(options()).toEqual([]);
    type('@bo @a');
    expect(options()).toEqual(['Ada']);
  });
});
