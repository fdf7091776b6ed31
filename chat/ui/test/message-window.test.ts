import { describe, expect, test } from 'vitest';
import { centredOn, follow, MAX_SHOWN, NEWEST, PAGE, pageDown, pageUp, type Span, visible } from '../src/room/message-window';
import { range } from './messages';

const all = range(1, 1000);
const edges = (span: Span, list = all) => {
  const { shown, above, below } = visible(list, span);
  return [shown[0]?.seq, shown.at(-1)?.seq, above, below];
};

describe('the window of messages in the page', () => {
  test('starts with the newest page', () => {
    expect(edges(NEWEST)).toEqual([951, 1000, 950, 0]);
  });

  test('grows upwards by pages and lets go of the bottom when it is too long', () => {
    let span = NEWEST;
    for (let i = 0; i < 5; i++) span = pageUp(all, span);
    expect(edges(span)).toEqual([701, 1000, 700, 0]);
    span = pageUp(all, span);
    expect(edges(span)).toEqual([651, 950, 650, 50]);
    expect(visible(all, span).shown).toHaveLength(MAX_SHOWN);
  });

  test('comes back down to the newest and hangs there again', () => {
    let span = centredOn(all, 700);
    expect(edges(span)).toEqual([650, 749, 649, 251]);
    for (let i = 0; i < 6; i++) span = pageDown(all, span);
    expect(edges(span)[1]).toBe(1000);
    expect(span.end).toBeUndefined();
    expect(visible(all, span).shown.length).toBeLessThanOrEqual(MAX_SHOWN);
  });

  test('moves with new messages at the bottom and lets go of the top from time to time', () => {
    let span = follow(range(1, 50), NEWEST, true);
    for (let n = 51; n <= 900; n++) {
      span = follow(range(1, n), span, true);
      const [first, last] = edges(span, range(1, n));
      expect(last).toBe(n);
      expect(n - (first ?? 0) + 1).toBeLessThanOrEqual(MAX_SHOWN);
      expect(n - (first ?? 0) + 1).toBeGreaterThanOrEqual(Math.min(n, PAGE));
    }
  });

  test('stands still under a reader further up', () => {
    let span = follow(range(1, 50), NEWEST, false);
    for (let n = 51; n <= 900; n++) span = follow(range(1, n), span, false);
    expect(edges(span, range(1, 900))).toEqual([1, 300, 0, 600]);
  });

  test('keeps its place when older ones are loaded', () => {
    const some = range(501, 1000);
    const span = follow(some, NEWEST, false);
    expect(edges(span, some)).toEqual([951, 1000, 450, 0]);
    expect(edges(follow(all, span, false))).toEqual([951, 1000, 950, 0]);
  });

  test('shows everything of a small room', () => {
    expect(edges(NEWEST, range(1, 3))).toEqual([1, 3, 0, 0]);
    expect(edges(NEWEST, [])).toEqual([undefined, undefined, 0, 0]);
  });
});
