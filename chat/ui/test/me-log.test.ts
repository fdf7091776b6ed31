import { beforeEach, expect, test } from 'vitest';
import type { MeEvent } from '../src/net/contract';
import { MeLog } from '../src/store/me-log';

let applied: number[];
let asked: number;
let log: MeLog;

const event = (ver: number): MeEvent => ({ ver, kind: 'left', room: 'r' });

beforeEach(() => {
  applied = [];
  asked = 0;
  log = new MeLog(
    ({ ver }) => applied.push(ver),
    () => asked++,
  );
});

test('applies events in order and drops repeated ones', () => {
  log.welcome(5);
  for (const ver of [6, 6, 5, 7]) log.event(event(ver));
  expect(applied).toEqual([6, 7]);
  expect(log.version).toBe(7);
  expect(asked).toBe(0);
});

test('asks for everything at a gap, and applies what the answer does not have', () => {
  log.welcome(5);
  log.event(event(8));
  log.event(event(9));
  expect(applied).toEqual([]);
  expect(asked).toBe(2);
  log.welcome(8);
  expect(applied).toEqual([9]);
});

test('keeps the events that overtake the first answer', () => {
  expect(log.version).toBeUndefined();
  for (const ver of [3, 4, 5]) log.event(event(ver));
  expect(asked).toBe(0);
  log.welcome(3);
  expect(applied).toEqual([4, 5]);
});

test('holds a limited number of events', () => {
  for (let ver = 1; ver <= 100; ver++) log.event(event(ver));
  log.welcome(0);
  expect(applied).toHaveLength(50);
});

test('a second answer sets the position back to the server\'s', () => {
  log.welcome(5);
  log.welcome(2);
  log.event(event(3));
  expect(applied).toEqual([3]);
});
