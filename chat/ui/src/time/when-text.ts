const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
];

/** A length of time in its largest whole unit: "10 minutes". */
export function durationText(ms: number): string {
  const [unit, name] = UNITS.find(([length]) => ms >= length) ?? ([1_000, 'second'] as const);
  const count = Math.round(ms / unit);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** A moment: "at 14:05" today, else "on 3 May at 14:05". */
export function whenText(ts: number, now = Date.now()): string {
  const at = new Date(ts);
  const time = at.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
  if (at.toDateString() === new Date(now).toDateString()) return `at ${time}`;
  return `on ${at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })} at ${time}`;
}

/** The time of day in another time zone; "" for a zone that the browser does not know. */
export function localTime(ts: number, zone: string): string {
  try {
    return new Date(ts).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit', timeZone: zone });
  } catch {
    return '';
  }
}
