import { expect, test } from 'vitest';
import { fieldValue, momentOf, reminderChoices, sendChoices } from '../src/time/time-choices';
import { localTime } from '../src/time/when-text';

// Moments of the time zone of the machine, whichever that is.
const at = (day: number, hour: number, minute = 0) => new Date(2026, 4, day, hour, minute).getTime();
const named = (choices: readonly { label: string; at: number }[]) => Object.fromEntries(choices.map((each) => [each.label, each.at]));

test('a reminder comes in 20 minutes, in an hour, or on a morning', () => {
  // A Wednesday.
  expect(named(reminderChoices(at(6, 15)))).toEqual({
    'In 20 minutes': at(6, 15, 20),
    'In 1 hour': at(6, 16),
    'Tomorrow at 9:00': at(7, 9),
    'Monday at 9:00': at(11, 9),
  });
});

test('on a Monday the next Monday is meant, and on a Sunday tomorrow is Monday', () => {
  expect(named(sendChoices(at(4, 8)))).toMatchObject({ 'Monday at 9:00': at(11, 9) });
  expect(Object.keys(named(sendChoices(at(10, 8))))).toEqual(['In 1 hour', 'Tomorrow at 9:00']);
});

test('a field for date and time has the moment of the reader', () => {
  expect(fieldValue(at(6, 7, 5))).toBe('2026-05-06T07:05');
  expect(momentOf('2026-05-06T07:05')).toBe(at(6, 7, 5));
  expect(momentOf('')).toBeUndefined();
});

test('the time of another zone is shown, and nothing for an unknown one', () => {
  const noon = Date.UTC(2026, 0, 1, 12);
  expect(localTime(noon, 'Asia/Tokyo')).toMatch(/9:00|21:00/);
  expect(localTime(noon, 'Nowhere/Land')).toBe('');
});
