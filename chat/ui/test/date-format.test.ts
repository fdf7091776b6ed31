import { describe, expect, test } from 'vitest';
import { dayName, hoursAndMinutes, midnight } from '../src/time/date-format';
import { CurrentDay } from '../src/time/current-day';
import { ManualClock } from './manual-clock';

const HOUR = 3_600_000;
const late = new Date(2024, 4, 6, 23, 6).getTime();

test.each([
  ['en-US', '11:06'],
  ['en-GB', '23:06'],
  ['de', '23:06'],
  ['ko', '11:06'],
  ['zh-TW', '11:06'],
  ['fi', '23.06'],
  ['hi', '11:06'],
])('the narrow time has no AM or PM (%s)', (locale, time) => {
  expect(hoursAndMinutes(locale)(late)).toBe(time);
});

describe('today', () => {
  /** A clock that stands at `at` and leaves its timers waiting where a machine slept. */
  class Machine extends ManualClock {
    constructor(private at: number) {
      super();
      this.at -= super.now();
    }

    override now(): number {
      return super.now() + this.at;
    }

    set(at: number): void {
      this.at += at - this.now();
    }
  }

  const noon = new Date(2024, 2, 30, 12).getTime();
  const name = (today: CurrentDay, ts: number) => dayName(ts, today.moment.value);

  test('ends at midnight', async () => {
    const machine = new Machine(noon);
    const today = new CurrentDay(machine);
    today.update();
    await machine.go(midnight(noon, 1) - noon - 1);
    expect(name(today, noon)).toBe('Today');
    await machine.go(1);
    expect(name(today, noon)).toBe('Yesterday');
  });

  test('ends at each midnight, also where a day has another length than 24 hours', async () => {
    const machine = new Machine(noon);
    const today = new CurrentDay(machine);
    today.update();
    for (let day = 1; day <= 3; day++) {
      await machine.go(midnight(machine.now(), 1) - machine.now());
      expect(midnight(today.moment.value)).toBe(midnight(noon, day));
      expect(machine.pending).toBe(1);
    }
  });

  test('is found again after a sleep over midnight', () => {
    const machine = new Machine(noon);
    const today = new CurrentDay(machine);
    today.update();
    machine.set(noon + 24 * HOUR);
    expect(name(today, noon)).toBe('Today');
    today.update();
    expect(name(today, noon)).toBe('Yesterday');
  });

  test('is that of the server where the clock here is wrong', async () => {
    const machine = new Machine(noon - 400 * 24 * HOUR);
    const today = new CurrentDay(machine);
    today.update();
    today.synchronize(noon);
    expect(name(today, noon)).toBe('Today');
    expect(today.clockOffset.value).toBe(400 * 24 * HOUR);
    await machine.go(12 * HOUR);
    expect(name(today, noon)).toBe('Yesterday');
  });
});
