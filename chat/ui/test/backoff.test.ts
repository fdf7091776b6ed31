import { expect, test } from 'vitest';
import { backoff } from '../src/time/backoff';

test('doubles from one second to thirty', () => {
  const middle = () => 0.5;
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((n) => backoff(n, middle))).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test('spreads by half to both sides', () => {
  expect(backoff(3, () => 0)).toBe(2000);
  expect(backoff(3, () => 0.999_999)).toBe(6000);
});
