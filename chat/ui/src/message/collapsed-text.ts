import { type RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A longer text is collapsed; timeline/message.css has the same number. */
export const MAX_LINES = 24;

export interface CollapsedText {
  readonly box: RefObject<HTMLDivElement | null>;
  /** The text has more than MAX_LINES lines. */
  readonly long: boolean;
  readonly expanded: boolean;
  toggle(): void;
}

/** Measures the layout, because line breaks depend on the window and on the script. */
export function useCollapsedText(text: string): CollapsedText {
  const box = useRef<HTMLDivElement>(null);
  const [long, setLong] = useState(false);
  const [expanded, setExpanded] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    // A shorter text cannot have more lines.
    if (!element || expanded || text.length <= MAX_LINES) return undefined;
    const measure = () => setLong(element.scrollHeight > element.clientHeight + 4);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [text, expanded]);
  return { box, long, expanded, toggle: () => setExpanded(!expanded) };
}
