const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });

export const clockTime = (ts: number) => time.format(ts);
export const wholeTime = (ts: number) => whole.format(ts);
/** For the narrow column beside grouped messages. */
export const gutterTime = hoursAndMinutes();

/** Hours and minutes in the reader's language, without AM or PM, which would not fit. */
export function hoursAndMinutes(locale?: string): (ts: number) => string {
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
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return new Date(ts).getFullYear() === new Date(now).getFullYear() ? weekday.format(ts) : withYear.format(ts);
}
