import type { Room } from '../room/room';
import type { PageFocus } from '../store/page-focus';

/** Moves the focus from message to message by keyboard. */

const scrollerOf = () => document.querySelector<HTMLElement>('[data-region=timeline]');
const rowsOf = (scroller: HTMLElement) => [...scroller.querySelectorAll<HTMLElement>('[role=article]')];

/**
 * From the timeline, Enter and ↑ go to the newest message. From a message, ↑ and ↓ go to the next one, and ↓ on the
 * newest goes to the composer.
 */
export function moveFocus(event: KeyboardEvent, room: Room, focus: PageFocus): void {
  const scroller = scrollerOf();
  if (!scroller || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { key } = event;
  if (event.target === scroller) {
    if ((key === 'Enter' || key === 'ArrowUp') && focusNewest(room, focus)) event.preventDefault();
    return;
  }
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
  const all = rowsOf(scroller);
  const at = all.findIndex((row) => row.contains(event.target as Node));
  const to = all[key === 'ArrowUp' ? at - 1 : at + 1];
  if (at >= 0 && to) focusRow(scroller, to, focus);
  else if (at === all.length - 1 && key === 'ArrowDown' && !room.newer.peek()) focus.requestComposer();
  else return;
  event.preventDefault();
}

/** Returns false in a room without messages. */
export function focusNewest(room: Room, focus: PageFocus): boolean {
  const scroller = scrollerOf();
  const last = scroller && rowsOf(scroller).at(-1);
  if (!last) return false;
  if (room.newer.peek()) {
    room.toNewest();
    requestAnimationFrame(() => focusNewest(room, focus));
  } else {
    focusRow(scroller, last, focus);
  }
  return true;
}

function focusRow(scroller: HTMLElement, row: HTMLElement, focus: PageFocus): void {
  focus.messageByKeyboard = true;
  row.focus({ preventScroll: true });
  const box = row.getBoundingClientRect();
  const place = scroller.getBoundingClientRect();
  if (box.top < place.top) scroller.scrollTop += box.top - place.top - 12;
  else if (box.bottom > place.bottom) scroller.scrollTop += box.bottom - place.bottom + 12;
}
