/** At most so many messages are in the page at once. */
export const MOST = 300;
/** How far the window moves, and the size of a page of history. */
export const PAGE = 50;

/**
 * Which of the loaded messages are in the page. `end` undefined: the window hangs at the newest message and moves
 * with it. Positions are numbers (`seq`), so that they stay right whatever is loaded or dropped.
 */
export interface Span {
  readonly from: number;
  readonly end: number | undefined;
}

export const NEWEST: Span = { from: Number.POSITIVE_INFINITY, end: undefined };

interface Numbered {
  readonly seq: number;
}

/** The messages of the span: from `from` or at least the last PAGE before the end, and never more than MOST. */
export function slice<T extends Numbered>(all: readonly T[], span: Span): { shown: readonly T[]; above: number; below: number } {
  const stop = span.end === undefined ? all.length : upTo(all, span.end);
  const start = Math.max(0, stop - MOST, Math.min(upTo(all, span.from - 1), stop - PAGE));
  return { shown: all.slice(start, stop), above: start, below: all.length - stop };
}

/** The span with a page more at the top, letting go of the bottom when it grows too long. */
export function up<T extends Numbered>(all: readonly T[], span: Span): Span {
  const { above, shown, below } = slice(all, span);
  const start = Math.max(0, above - PAGE);
  const stop = Math.min(above + shown.length, start + MOST);
  return at(all, start, stop, below === 0 && stop === all.length);
}

/** The span with a page more at the bottom, letting go of the top when it grows too long. */
export function down<T extends Numbered>(all: readonly T[], span: Span): Span {
  const { above, shown } = slice(all, span);
  const stop = Math.min(all.length, above + shown.length + PAGE);
  const start = Math.max(above, stop - MOST);
  return at(all, start, stop, stop === all.length);
}

/**
 * The span after messages came: a reader at the bottom lets go of the top from time to time; for a reader further
 * up the window stops growing, so that what is read stays in the page.
 */
export function settle<T extends Numbered>(all: readonly T[], span: Span, atBottom: boolean): Span {
  if (span.end !== undefined) return span;
  const start = Math.min(upTo(all, span.from - 1), Math.max(0, all.length - PAGE));
  if (all.length - start <= MOST) return at(all, start, all.length, true);
  return atBottom ? at(all, all.length - PAGE, all.length, true) : at(all, start, start + MOST, false);
}

/** A span that has the given number in its middle. */
export function around<T extends Numbered>(all: readonly T[], seq: number): Span {
  const middle = upTo(all, seq - 1);
  const start = Math.max(0, middle - PAGE);
  const stop = Math.min(all.length, middle + PAGE);
  return at(all, start, stop, stop === all.length);
}

function at<T extends Numbered>(all: readonly T[], start: number, stop: number, newest: boolean): Span {
  const from = all[start]?.seq ?? Number.POSITIVE_INFINITY;
  return { from, end: newest ? undefined : (all[stop - 1]?.seq ?? from) };
}

/** How many of the messages have a number up to and with `seq`. */
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
