import { expect, test } from 'vitest';
import { target } from '../src/emoji/EmojiGrid';

test.each([
  ['ArrowRight', 0, 1],
  ['ArrowRight', 19, 19],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 3, 11],
  ['ArrowDown', 15, 19],
  ['ArrowUp', 11, 3],
  ['ArrowUp', 3, -1],
  ['Home', 11, 0],
  ['End', 11, 19],
  ['x', 11, undefined],
])('%s goes from %i to %i in a grid of 20', (key, at, to) => {
  expect(target(key, at, 20)).toBe(to);
});
