/** Keeps what the reader looks at where it is while rows come and go above it. */

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

/** Moves the scroller so that the anchor is where it was; false when its row is gone. */
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

export const bottomGap = (scroller: HTMLElement) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
