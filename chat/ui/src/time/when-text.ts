import { locale, texts } from '../language/language';

const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const;

/** A length of time in its largest whole unit: "10 minutes". */
export function durationText(ms: number): string {
  const [length, unit] = UNITS.find(([most]) => ms >= most) ?? UNITS[3];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.round(ms / length));
}

/** A moment: "at 14:05" today, else "on 3 May at 14:05". */
export function whenText(ts: number, now = Date.now()): string {
  const [date, time] = dateAndTime(ts, now);
  return date === undefined ? texts.time.at(time) : texts.time.onAt(date, time);
}

/** A moment for the end of a phrase: "14:05" today, else "3 May, 14:05". */
export function momentText(ts: number, now = Date.now()): string {
  return dateAndTime(ts, now)
    .filter((part) => part !== undefined)
    .join(', ');
}

/** The date is undefined today. */
function dateAndTime(ts: number, now: number): [string | undefined, string] {
  const at = new Date(ts);
  const today = at.toDateString() === new Date(now).toDateString();
  return [
    today ? undefined : at.toLocaleDateString(locale, { day: 'numeric', month: 'short' }),
    at.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' }),
  ];
}

/** The time of day in another time zone; "" for a zone that the browser does not know. */
export function localTime(ts: number, zone: string): string {
  try {
    return new Date(ts).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit', timeZone: zone });
  } catch {
    return '';
  }
}
