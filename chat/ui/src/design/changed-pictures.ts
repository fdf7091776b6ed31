import { signal } from '@preact/signals';

/**
 * The pictures of people that changed since the page was opened, by the id of the person; undefined: removed. Messages
 * and lists carry the picture of the time when they were loaded. It belongs to the page, as a picture is shown in every
 * part of it, also where no store is at hand.
 */
export const changedPictures = signal<ReadonlyMap<string, string | undefined>>(new Map());
