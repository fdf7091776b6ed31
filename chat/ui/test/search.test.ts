import { beforeEach, describe, expect, test } from 'vitest';
import type { Found, SearchQuery } from '../src/net/contract';
import { excerpt } from '../src/search/excerpt';
import { SearchList, TYPING_MS } from '../src/search/search-list';
import { parseSearch, withFilter } from '../src/search/search-query';
import { ManualClock, settle } from './manual-clock';
import { message } from './messages';

const NOW = new Date(2026, 2, 31, 15).getTime();
const day = (month: number, date: number) => new Date(2026, month - 1, date).getTime();

describe('the text of a search', () => {
  test.each([
    ['two words', { words: ['two', 'words'], has: [] }],
    ['京タワ from:@Ada', { words: ['京タワ'], has: [], from: 'Ada' }],
    ['from:"Ada Lovelace" in:#general x', { words: ['x'], has: [], from: 'Ada Lovelace', in: 'general' }],
    ['after:2026-03-01 before:today', { words: [], has: [], after: day(3, 1), before: day(3, 31) }],
    ['after:yesterday', { words: [], has: [], after: day(3, 30) }],
    ['has:image HAS:Links has:image', { words: [], has: ['image', 'link'] }],
    ['from: in:', { words: [], has: [] }],
    ['http://example.org', { words: ['http://example.org'], has: [] }],
    ['"an open quote', { words: ['an', 'open', 'quote'], has: [] }],
  ])('%s', (typed, wanted) => {
    expect(parseSearch(typed, NOW)).toEqual(wanted);
  });

  test.each(['before:soon', 'after:2026-02-30', 'after:2026-13-01', 'has:virus'])('%s is explained', (typed) => {
    expect(parseSearch(typed, NOW).problem).toMatch(/^(before|after|has): /);
  });

  test('gets filters and loses them again', () => {
    expect(withFilter('words', 'has:image')).toBe('words has:image');
    expect(withFilter('words has:image', 'has:image')).toBe('words');
    expect(withFilter('', 'from:')).toBe('from:');
  });
});

describe('an excerpt', () => {
  test('marks the words, whatever their case', () => {
    expect(excerpt('A cat and a CAT', ['cat'])).toEqual([
      { text: 'A ', hit: false },
      { text: 'cat', hit: true },
      { text: ' and a ', hit: false },
      { text: 'CAT', hit: true },
    ]);
  });

  test('takes the words as text', () => {
    expect(excerpt('a+b (c) [d', ['+', '(c)', '[']).filter(({ hit }) => hit)).toHaveLength(3);
  });

  test('begins near the first hit', () => {
    const [first, second] = excerpt(`${'word '.repeat(100)}needle`, ['needle']);
    expect(first).toEqual({ text: '…', hit: false });
    expect(second?.text.length).toBeLessThan(80);
  });
});

describe('the list of results', () => {
  let clock: ManualClock;
  let asked: SearchQuery[];
  let answer: { ok: true; results: Found[]; more: boolean } | { err: { code: string; message: string; permanent: boolean } } | undefined;
  let list: SearchList;

  beforeEach(() => {
    clock = new ManualClock();
    asked = [];
    answer = { ok: true, results: [{ room: 'r', m: message(3) }], more: true };
    list = new SearchList({
      clock,
      ask: async (query) => {
        asked.push(query);
        if (!answer) throw new Error('no line');
        return answer;
      },
      person: async (name) => (name === 'Ada' ? 'a' : undefined),
      room: (name) => (name === 'general' ? 'g' : undefined),
    });
  });

  test('waits for a pause and asks once', async () => {
    list.type('c');
    await clock.go(TYPING_MS - 1);
    list.type('cat from:Ada in:general has:file');
    await clock.go(TYPING_MS);
    expect(asked).toEqual([{ q: 'cat', room: 'g', from: 'a', has: ['file'], limit: 30 }]);
    expect(list.found.value).toHaveLength(1);
    expect(list.words.value).toEqual(['cat']);
    list.type('cat from:Ada in:general has:file ');
    expect(clock.pending).toBe(0);
  });

  test('loads older results without repeating one', async () => {
    list.type('cat');
    await clock.go(TYPING_MS);
    answer = { ok: true, results: [{ room: 'r', m: message(3) }, { room: 'r', m: message(2) }], more: false };
    await list.loadMore();
    expect(asked[1]).toMatchObject({ before: message(3).ts + 1 });
    expect(list.found.value?.map(({ m }) => m.seq)).toEqual([3, 2]);
    expect(list.more.value).toBe(false);
  });

  test.each([
    ['from:Eve', 'There is no person named “Eve”.'],
    ['in:nowhere x', 'You are in no room named “nowhere”.'],
    ['x before:soon', 'before: needs a day such as 2026-03-31, today or yesterday.'],
  ])('explains %s', async (typed, problem) => {
    list.type(typed);
    await clock.go(TYPING_MS);
    expect(list.problem.value).toBe(problem);
    expect(asked).toEqual([]);
  });

  test('says why the server refuses, and tries again', async () => {
    answer = { err: { code: 'rate', message: 'Too fast.', permanent: false } };
    list.type('cat');
    await clock.go(TYPING_MS);
    expect(list.problem.value).toBe('Too fast.');
    answer = undefined;
    await list.search();
    expect(list.problem.value).toMatch(/does not answer/);
    answer = { ok: true, results: [], more: false };
    await list.search();
    expect(list.problem.value).toBe('');
    expect(list.found.value).toEqual([]);
  });

  test('forgets a late answer', async () => {
    list.type('cat');
    await clock.go(TYPING_MS - 1);
    const late = list.search();
    list.type('');
    await late;
    await settle();
    expect(list.found.value).toBeUndefined();
    expect(list.loading.value).toBe(false);
  });
});
