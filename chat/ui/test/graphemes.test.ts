import { expect, test } from 'vitest';
import { initials, onlyEmoji } from '../src/text/graphemes';

test('initials are whole letters, of the first and last word', () => {
  expect(['ada', 'Ada King Lovelace', '🦊 Fox', '👩‍🚀', 'é', ''].map(initials)).toEqual(['A', 'AL', '🦊', '👩‍🚀', 'É', '?']);
});

test('letters of a name carry no tower of marks', () => {
  expect(initials(`Z${'\u0300'.repeat(300)}algo T${'\u0335\u0489'.repeat(100)}ext`)).toBe('Z\u0300\u0300T\u0335\u0489');
  expect(['e\u0323\u0302', 'कि', '❤️‍🔥', '1️⃣'].map(initials)).toEqual(['E\u0323\u0302', 'कि', '❤️‍🔥', '1️⃣']);
});

test('a few emoji alone are shown bigger, words are not', () => {
  expect(['🎉', '👩‍🚀 👍🏽', '🇫🇷🇯🇵'].map(onlyEmoji)).toEqual([true, true, true]);
  expect(['1', 'ok 🎉', '', '🎉'.repeat(7)].map(onlyEmoji)).toEqual([false, false, false, false]);
});
