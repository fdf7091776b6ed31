import { lateTexts } from '../language/language';

/** A moment that the page offers. */
export interface TimeChoice {
  readonly label: string;
  readonly at: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MORNING = 9;
const NINE = '9:00';
const MONDAY = 1;

/** The moments for a reminder. Mornings are those of the reader's time zone. */
export function reminderChoices(now: number): readonly TimeChoice[] {
  return [
    { label: lateTexts.personal.inMinutes(20), at: now + 20 * MINUTE },
    { label: lateTexts.personal.inHour, at: now + HOUR },
    ...mornings(now),
  ];
}

/** The moments for a message that is sent later. */
export function sendChoices(now: number): readonly TimeChoice[] {
  return [{ label: lateTexts.personal.inHour, at: now + HOUR }, ...mornings(now)];
}

/** Tomorrow and the next Monday, at nine. On a Sunday both are the same day. */
function mornings(now: number): readonly TimeChoice[] {
  const today = new Date(now).getDay();
  const toMonday = (MONDAY - today + 7) % 7 || 7;
  const tomorrow = { label: lateTexts.personal.tomorrow(NINE), at: morning(now, 1) };
  return toMonday === 1 ? [tomorrow] : [tomorrow, { label: lateTexts.personal.monday(NINE), at: morning(now, toMonday) }];
}

function morning(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, MORNING).getTime();
}

/** A moment as the value of a field for date and time. */
export function fieldValue(ts: number): string {
  const date = new Date(ts);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment of such a value; undefined for an empty field. */
export function momentOf(value: string): number | undefined {
  const moment = new Date(value).getTime();
  return Number.isNaN(moment) ? undefined : moment;
}
