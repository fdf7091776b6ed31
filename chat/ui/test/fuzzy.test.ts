import { describe, expect, test } from 'vitest';
import { fuzzyScore } from '../src/switcher/fuzzy';

const best = (query: string, ...names: string[]) =>
  names
    .flatMap((name) => {
      const score = fuzzyScore(query, name);
      return score === undefined ? [] : [{ name, score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name);

describe('a typed query', () => {
  test('finds a beginning before a word, a word before a part, and a part before scattered letters', () => {
    expect(best('re', 'core', 'Ivo Reed', 'release notes', 'Cem, Dora and Emil')).toEqual([
      'release notes',
      'Ivo Reed',
      'core',
      'Cem, Dora and Emil',
    ]);
  });

  test('finds the first letters of words', () => {
    expect(best('rn', 'random', 'release notes')).toEqual(['release notes', 'random']);
  });

  test('ignores case, spaces and accents', () => {
    expect(best('JOSE', 'José')).toEqual(['José']);
    expect(best('release n', 'release notes')).toEqual(['release notes']);
    expect(best('été', 'Ete')).toEqual(['Ete']);
  });

  test('prefers the shorter of two names', () => {
    expect(best('design', 'design-archive', 'design')).toEqual(['design', 'design-archive']);
  });

  test('does not fit a name without its letters in order', () => {
    expect(fuzzyScore('ba', 'ab')).toBeUndefined();
    expect(fuzzyScore('abc', 'ab')).toBeUndefined();
  });

  test('that is empty fits everything', () => {
    expect(fuzzyScore('', 'anything')).toBe(0);
  });
});
