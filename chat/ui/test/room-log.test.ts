import { describe, expect, test } from 'vitest';
import { HOLD_LIMIT, KEEP, RoomLog } from '../src/room/room-log';
import { ada, event, message, range } from './messages';

function opened(last: number, first = 1): RoomLog {
  const log = new RoomLog();
  log.delta({ limited: true, page: range(first, last), to: last, more: first > 1 }, last, 'me');
  return log;
}

const seqs = (log: RoomLog) => log.messages.map((m) => m.seq);

describe('live changes', () => {
  test('the next one is applied', () => {
    const log = opened(3);
    expect(log.apply(event(message(4)))).toBe('applied');
    expect(seqs(log)).toEqual([1, 2, 3, 4]);
    expect(log.ver).toBe(4);
  });

  test('a repeated one is dropped', () => {
    const log = opened(3);
    expect(log.apply(event(message(3, { text: 'twice' })))).toBe('dropped');
    expect(log.messages[2]?.text).toBe('text 3');
  });

  test('one that comes too early waits until the hole fills', () => {
    const log = opened(3);
    expect(log.apply(event(message(6)))).toBe('held');
    expect(log.apply(event(message(5)))).toBe('held');
    expect(seqs(log)).toEqual([1, 2, 3]);
    expect(log.apply(event(message(4)))).toBe('applied');
    expect(seqs(log)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(log.holding).toBe(false);
  });

  test('a change before the snapshot waits for it', () => {
    const log = new RoomLog();
    expect(log.apply(event(message(4)))).toBe('held');
    log.delta({ limited: true, page: range(1, 3), to: 3, more: false }, 3, 'me');
    expect(seqs(log)).toEqual([1, 2, 3, 4]);
  });

  test('no more than fifty wait', () => {
    const log = opened(3);
    for (let i = 0; i < HOLD_LIMIT; i++) expect(log.apply(event(message(10 + i)))).toBe('held');
    expect(log.apply(event(message(10 + HOLD_LIMIT)))).toBe('overflow');
    expect(log.holding).toBe(false);
  });

  test('a later form replaces the message in its place', () => {
    const log = opened(3);
    log.apply(event(message(2, { ver: 4, text: 'edited' })));
    expect(log.messages.map((m) => m.text)).toEqual(['text 1', 'edited', 'text 3']);
    expect(log.lastSeq).toBe(3);
  });

  test('a change inside what is not loaded makes no island', () => {
    const log = opened(60, 11);
    log.apply(event(message(5, { ver: 61 })));
    expect(log.firstLoaded).toBe(11);
    expect(log.ver).toBe(61);
  });
});

describe('sync', () => {
  test('takes a new message that was edited since, though it comes late', () => {
    const log = opened(3);
    const floor = log.newest;
    log.sync([message(5)], 5, floor);
    log.sync([message(4, { ver: 6 })], 6, floor);
    expect(seqs(log)).toEqual([1, 2, 3, 4, 5]);
  });

  test('releases what waited behind the hole and drops what it brought itself', () => {
    const log = opened(3);
    log.apply(event(message(5)));
    log.apply(event(message(7)));
    log.sync([message(4), message(5), message(6)], 6);
    expect(seqs(log)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(log.holding).toBe(false);
  });
});

describe('hello', () => {
  test('brings exactly what is missing and counts what others wrote', () => {
    const log = opened(3);
    const missed = log.delta({ from: 3, to: 6, changes: [message(4), message(5, { sender: ada }), message(6)] }, 6, ada.id);
    expect(seqs(log)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(missed).toBe(2);
  });

  test('too much missing leaves a hole between the old and the last page', () => {
    const log = opened(100, 51);
    expect(log.delta({ limited: true, page: range(301, 350), to: 350, more: true }, 350, 'me')).toBe(250);
    expect(seqs(log).slice(49, 51)).toEqual([100, 301]);
    log.history(range(101, 300));
    expect(log.messages).toHaveLength(300);
  });

  test('the first snapshot is nothing missed', () => {
    expect(new RoomLog().delta({ limited: true, page: range(1, 9), to: 9, more: false }, 9, 'me')).toBe(0);
  });
});

test('history never puts an older form over a newer one', () => {
  const log = opened(3);
  log.apply(event(message(2, { ver: 4, text: 'edited' })));
  log.history([message(2)]);
  expect(log.messages[1]?.text).toBe('edited');
});

test('memory is bounded; the newest stay', () => {
  const log = opened(KEEP + 10);
  log.trim();
  expect(log.messages).toHaveLength(KEEP);
  expect(log.firstLoaded).toBe(11);
});
