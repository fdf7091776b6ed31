import { describe, expect, test } from 'vitest';
import { begin, closing, lost, nextChange, rejected, restored, bannerState } from '../src/store/connection-history';

const up = restored(begin(0), 0, 0);

describe('the connection banner', () => {
  test('says nothing for the first two seconds', () => {
    const history = lost(up, 1000);
    expect(bannerState(history, 2999)).toEqual({ kind: 'none' });
    expect(bannerState(history, 3000)).toEqual({ kind: 'connecting', first: false });
  });

  test('says after ten seconds that the server is not reachable', () => {
    const history = lost(up, 1000);
    expect(bannerState(history, 10_999).kind).toBe('connecting');
    expect(bannerState(history, 11_000)).toEqual({ kind: 'unreachable' });
  });

  test('says offline only where the network is away', () => {
    const away = { networkOffline: true, serverCannotStore: false };
    const history = rejected(lost(up, 1000), 'Too many tabs');
    expect(bannerState(history, 2999, away)).toEqual({ kind: 'none' });
    expect(bannerState(history, 3000, away)).toEqual({ kind: 'offline' });
    expect(bannerState(up, 3000, away)).toEqual({ kind: 'none' });
  });

  test('says that the server cannot store anything, while connected', () => {
    const full = { networkOffline: false, serverCannotStore: true };
    expect(bannerState(up, 10, full)).toEqual({ kind: 'storage' });
    expect(bannerState(restored(lost(up, 1000), 5000, 7), 5000, full)).toEqual({ kind: 'storage' });
    expect(bannerState(lost(up, 1000), 3000, full).kind).toBe('connecting');
    expect(bannerState(closing(up), 10, full)).toEqual({ kind: 'restarting' });
  });

  test('tells how many messages were missed, for three seconds', () => {
    const history = restored(lost(up, 1000), 5000, 7);
    expect(bannerState(history, 7999)).toEqual({ kind: 'back', missed: 7 });
    expect(bannerState(history, 8000)).toEqual({ kind: 'none' });
  });

  test('comes back in silence when it had said nothing', () => {
    expect(bannerState(restored(lost(up, 1000), 2500, 7), 2500)).toEqual({ kind: 'none' });
  });

  test('comes up for the first time in silence', () => {
    expect(bannerState(begin(0), 5000)).toEqual({ kind: 'connecting', first: true });
    expect(bannerState(restored(begin(0), 5000, 0), 5000)).toEqual({ kind: 'none' });
  });

  test('a second loss does not start the time anew', () => {
    expect(bannerState(lost(lost(up, 1000), 9000), 11_000).kind).toBe('unreachable');
  });

  test('a restart that was told is said at once, and is not reachable after ten seconds', () => {
    const told = closing(up);
    expect(bannerState(told, 10)).toEqual({ kind: 'restarting' });
    const history = lost(told, 1000);
    expect(bannerState(history, 1000)).toEqual({ kind: 'restarting' });
    expect(bannerState(history, 11_000)).toEqual({ kind: 'unreachable' });
    expect(bannerState(restored(history, 3000, 0), 3000)).toEqual({ kind: 'back', missed: 0 });
  });

  test('says why the server does not let the page in, until it does', () => {
    const history = rejected(lost(up, 1000), 'Too many tabs');
    expect(bannerState(history, 2999)).toEqual({ kind: 'none' });
    expect(bannerState(history, 3000)).toEqual({ kind: 'rejected', reason: 'Too many tabs' });
    expect(bannerState(history, 11_000)).toEqual({ kind: 'rejected', reason: 'Too many tabs' });
    expect(bannerState(lost(restored(history, 12_000, 0), 13_000), 15_000).kind).toBe('connecting');
    expect(rejected(up, 'late')).toEqual(up);
    expect(bannerState(rejected(history, undefined), 11_000)).toEqual({ kind: 'unreachable' });
  });

  test('knows when to look again', () => {
    const history = lost(up, 1000);
    expect(nextChange(history, 1000)).toBe(2000);
    expect(nextChange(history, 3000)).toBe(8000);
    expect(nextChange(history, 11_000)).toBeUndefined();
    expect(nextChange(restored(history, 5000, 0), 5000)).toBe(3000);
    expect(nextChange(up, 99)).toBeUndefined();
  });
});
