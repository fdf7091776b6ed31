/**
 * Keeps the row that the reader looks at in its position while rows above it change. The timeline is laid out from its
 * bottom: `scrollTop` is 0 there and negative further up, so that no change of size moves the bottom away.
 */

export interface Anchor {
  readonly key: string;
  readonly top: number;
}

/** The first message row that reaches into view. */
export function anchorOf(scroller: HTMLElement): Anchor | undefined {
  const top = scroller.getBoundingClientRect().top;
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-key]')) {
    const box = row.getBoundingClientRect();
    if (box.bottom > top) return { key: row.dataset['key'] ?? '', top: box.top - top };
  }
  return undefined;
}

/** Moves the scroller so that the anchor is at its old position. Returns false when its row is gone. */
export function restore(scroller: HTMLElement, anchor: Anchor): boolean {
  const row = rowOf(scroller, anchor.key);
  if (!row) return false;
  const shift = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - anchor.top;
  if (Math.abs(shift) >= 1) scroller.scrollTop += shift;
  return true;
}

export function rowOf(scroller: HTMLElement, key: string): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
}

/** The height below the view. A bouncing browser reports values above 0. */
export const bottomGap = (scroller: HTMLElement) => Math.max(0, -scroller.scrollTop);
export const topGap = (scroller: HTMLElement) => scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop;
/** Differs whenever the browser itself may have scrolled. */
export const sizeOf = (scroller: HTMLElement) => `${scroller.clientWidth} ${scroller.clientHeight} ${scroller.scrollHeight}`;
