import { describe, expect, test } from 'vitest';
import { begin, closing, lost, nextChange, refused, restored, view } from '../src/strip/strip';

const up = restored(begin(0), 0, 0);

describe('the connection strip', () => {
  test('says nothing for the first two seconds', () => {
    const link = lost(up, 1000);
    expect(view(link, 2999)).toEqual({ kind: 'none' });
    expect(view(link, 3000)).toEqual({ kind: 'connecting', first: false });
  });

  test('says offline after ten seconds', () => {
    const link = lost(up, 1000);
    expect(view(link, 10_999).kind).toBe('connecting');
    expect(view(link, 11_000)).toEqual({ kind: 'offline' });
  });

  test('tells how many messages were missed, for three seconds', () => {
    const link = restored(lost(up, 1000), 5000, 7);
    expect(view(link, 7999)).toEqual({ kind: 'back', missed: 7 });
    expect(view(link, 8000)).toEqual({ kind: 'none' });
  });

  test('comes back in silence when it had said nothing', () => {
    expect(view(restored(lost(up, 1000), 2500, 7), 2500)).toEqual({ kind: 'none' });
  });

  test('comes up for the first time in silence', () => {
    expect(view(begin(0), 5000)).toEqual({ kind: 'connecting', first: true });
    expect(view(restored(begin(0), 5000, 0), 5000)).toEqual({ kind: 'none' });
  });

  test('a second loss does not start the time anew', () => {
    expect(view(lost(lost(up, 1000), 9000), 11_000).kind).toBe('offline');
  });

  test('a restart that was told is said at once, and is offline after ten seconds', () => {
    const told = closing(up);
    expect(view(told, 10)).toEqual({ kind: 'restarting' });
    const link = lost(told, 1000);
    expect(view(link, 1000)).toEqual({ kind: 'restarting' });
    expect(view(link, 11_000)).toEqual({ kind: 'offline' });
    expect(view(restored(link, 3000, 0), 3000)).toEqual({ kind: 'back', missed: 0 });
  });

  test('says why the server does not let the page in, until it does', () => {
    const link = refused(lost(up, 1000), 'Too many tabs');
    expect(view(link, 2999)).toEqual({ kind: 'none' });
    expect(view(link, 3000)).toEqual({ kind: 'refused', why: 'Too many tabs' });
    expect(view(link, 11_000)).toEqual({ kind: 'refused', why: 'Too many tabs' });
    expect(view(lost(restored(link, 12_000, 0), 13_000), 15_000).kind).toBe('connecting');
    expect(refused(up, 'late')).toEqual(up);
    expect(view(refused(link, undefined), 11_000)).toEqual({ kind: 'offline' });
  });

  test('knows when to look again', () => {
    const link = lost(up, 1000);
    expect(nextChange(link, 1000)).toBe(2000);
    expect(nextChange(link, 3000)).toBe(8000);
    expect(nextChange(link, 11_000)).toBeUndefined();
    expect(nextChange(restored(link, 5000, 0), 5000)).toBe(3000);
    expect(nextChange(up, 99)).toBeUndefined();
  });
});
