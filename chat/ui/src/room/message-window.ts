/** The most messages in the page at once. */
export const MAX_SHOWN = 300;
/** The step of the window, and the size of a page of history. */
export const PAGE = 50;

/**
 * The part of the loaded messages that is in the page. `end` undefined: the window ends at the newest message and moves
 * with it. Positions are `seq` numbers, which stay right when messages are loaded or dropped.
 */
export interface Span {
  readonly from: number;
  readonly end: number | undefined;
}

export const NEWEST: Span = { from: Number.POSITIVE_INFINITY, end: undefined };

interface Numbered {
  readonly seq: number;
}

/** The messages of the span: from `from` or at least the last PAGE before the end, and never more than MAX_SHOWN. */
export function visible<T extends Numbered>(all: readonly T[], span: Span): { shown: readonly T[]; above: number; below: number } {
  const stop = span.end === undefined ? all.length : upTo(all, span.end);
  const start = Math.max(0, stop - MAX_SHOWN, Math.min(upTo(all, span.from - 1), stop - PAGE));
  return { shown: all.slice(start, stop), above: start, below: all.length - stop };
}

/** One page more at the top. The bottom is cut off when the span grows too long. */
export function pageUp<T extends Numbered>(all: readonly T[], span: Span): Span {
  const { above, shown, below } = visible(all, span);
  const start = Math.max(0, above - PAGE);
  const stop = Math.min(above + shown.length, start + MAX_SHOWN);
  return at(all, start, stop, below === 0 && stop === all.length);
}

/** One page more at the bottom. The top is cut off when the span grows too long. */
export function pageDown<T extends Numbered>(all: readonly T[], span: Span): Span {
  const { above, shown } = visible(all, span);
  const stop = Math.min(all.length, above + shown.length + PAGE);
  const start = Math.max(above, stop - MAX_SHOWN);
  return at(all, start, stop, stop === all.length);
}

/**
 * The span after messages arrived. For a reader at the bottom the top is cut off from time to time. For a reader
 * further up the window stops growing, so that the text in view stays in the page.
 */
export function follow<T extends Numbered>(all: readonly T[], span: Span, atBottom: boolean): Span {
  if (span.end !== undefined) return span;
  const start = Math.min(upTo(all, span.from - 1), Math.max(0, all.length - PAGE));
  if (all.length - start <= MAX_SHOWN) return at(all, start, all.length, true);
  return atBottom ? at(all, all.length - PAGE, all.length, true) : at(all, start, start + MAX_SHOWN, false);
}

/** A span with the given `seq` in its middle. */
export function centredOn<T extends Numbered>(all: readonly T[], seq: number): Span {
  const middle = upTo(all, seq - 1);
  const start = Math.max(0, middle - PAGE);
  const stop = Math.min(all.length, middle + PAGE);
  return at(all, start, stop, stop === all.length);
}

function at<T extends Numbered>(all: readonly T[], start: number, stop: number, newest: boolean): Span {
  const from = all[start]?.seq ?? Number.POSITIVE_INFINITY;
  return { from, end: newest ? undefined : (all[stop - 1]?.seq ?? from) };
}

/** The number of messages up to and including `seq`. */
function upTo<T extends Numbered>(all: readonly T[], seq: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
