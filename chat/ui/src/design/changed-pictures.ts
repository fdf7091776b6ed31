import { signal } from '@preact/signals';
import type { Person } from '../net/contract';

/**
 * The pictures of people that changed since the page was opened, by the id of the person; undefined: removed. Messages
 * and lists carry the picture of the time when they were loaded. It belongs to the page, as a picture is shown in every
 * part of it, also where no store is at hand.
 */
export const changedPictures = signal<ReadonlyMap<string, string | undefined>>(new Map());

/** People as the server has just named them. Messages that were kept in the browser may have older pictures. */
export function noticePictures(people: readonly Person[]): void {
  const known = changedPictures.peek();
  const other = people.filter(({ id, picture }) => (known.has(id) || picture !== undefined) && known.get(id) !== picture);
  if (other.length > 0) changedPictures.value = new Map([...known, ...other.map(({ id, picture }) => [id, picture] as const)]);
}
