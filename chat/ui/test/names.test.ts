import { expect, test } from 'vitest';
import { hue, initials, onlyEmoji } from '../src/look/hue';

test('initials are whole letters, of the first and last word', () => {
  expect(['ada', 'Ada King Lovelace', '🦊 Fox', '👩‍🚀', 'é', ''].map(initials)).toEqual(['A', 'AL', '🦊', '👩‍🚀', 'É', '?']);
});

test('a person has the same colour always', () => {
  expect(hue('u1')).toBe(hue('u1'));
  expect(new Set(Array.from({ length: 200 }, (_, i) => hue(`u${i}`))).size).toBeGreaterThan(20);
});

test('a few emoji alone are shown bigger, words are not', () => {
  expect(['🎉', '👩‍🚀 👍🏽', '🇫🇷🇯🇵'].map(onlyEmoji)).toEqual([true, true, true]);
  expect(['1', 'ok 🎉', '', '🎉'.repeat(7)].map(onlyEmoji)).toEqual([false, false, false, false]);
});
