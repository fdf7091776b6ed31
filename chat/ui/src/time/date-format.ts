import { cached } from '../language/cached';
import { texts } from '../language/language';

const time = dates({ timeStyle: 'short' });
const weekday = dates({ weekday: 'long', day: 'numeric', month: 'long' });
const withYear = dates({ day: 'numeric', month: 'long', year: 'numeric' });
const whole = dates({ dateStyle: 'full', timeStyle: 'short' });
const narrow = cached(hoursAndMinutes);

export const clockTime = (ts: number) => time().format(ts);
export const wholeTime = (ts: number) => whole().format(ts);
/** For the narrow column beside grouped messages. */
export const gutterTime = (ts: number) => narrow()(ts);

function dates(options: Intl.DateTimeFormatOptions) {
  return cached((locale) => new Intl.DateTimeFormat(locale, options));
}

/** Hours and minutes in the reader's language, without AM or PM, which would not fit. */
export function hoursAndMinutes(locale: string): (ts: number) => string {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
  return (ts) => {
    const parts = format.formatToParts(ts);
    const from = parts.findIndex((part) => part.type === 'hour');
    const to = parts.findIndex((part) => part.type === 'minute');
    return parts.slice(from, to + 1).map((part) => part.value).join('');
  };
}

/** The midnight before a moment, in the reader's time zone; `days` later with a second argument. */
export function midnight(ts: number, days = 0): number {
  const date = new Date(ts);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** "Today", "Yesterday", "Monday, 2 March"; in another year "2 March 2023". */
export function dayName(ts: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(ts)) / 86_400_000);
  if (days === 0) return texts.time.today;
  if (days === 1) return texts.time.yesterday;
  return new Date(ts).getFullYear() === new Date(now).getFullYear() ? weekday().format(ts) : withYear().format(ts);
}
