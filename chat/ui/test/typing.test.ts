import { beforeEach, expect, test } from 'vitest';
import { SHOWN_MS, TypingPeople } from '../src/room/typing';
import { ManualClock } from './manual-clock';
import { ada } from './messages';

let clock: ManualClock;
let typing: TypingPeople;

beforeEach(() => {
  clock = new ManualClock();
  typing = new TypingPeople(clock);
});

test('a person is shown for six seconds after the last report', async () => {
  typing.typed(ada);
  await clock.go(3000);
  typing.typed(ada);
  await clock.go(SHOWN_MS - 1);
  expect(typing.line.value).toBe('Ada is typing…');
  await clock.go(1);
  expect(typing.line.value).toBe('');
  expect(clock.pending).toBe(0);
});

test('a person whose message arrived is not shown any more', () => {
  typing.typed(ada);
  typing.wrote('a');
  expect(typing.line.value).toBe('');
  expect(clock.pending).toBe(0);
});

test('two people are named, four are not', () => {
  for (const name of ['A', 'B']) typing.typed({ id: name, name, hue: 0 });
  expect(typing.line.value).toBe('A and B are typing…');
  for (const name of ['C', 'D']) typing.typed({ id: name, name, hue: 0 });
  expect(typing.line.value).toBe('Several people are typing…');
});
