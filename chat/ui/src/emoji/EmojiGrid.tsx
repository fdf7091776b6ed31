import { useEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../language/language';

export const COLUMNS = 8;

interface Props {
  readonly emoji: readonly string[];
  readonly nameOf: (emoji: string) => string;
  readonly onPick: (emoji: string) => void;
  /** The emoji under the pointer or with the focus. */
  readonly onHint: (emoji: string | undefined) => void;
  /** ↑ in the first row. */
  readonly onLeaveUp: () => void;
}

/** Emoji in rows. The arrow keys go from one to the next. */
export function EmojiGrid({ emoji, nameOf, onPick, onHint, onLeaveUp }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  useEffect(() => setActive(0), [emoji]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event.key, active, emoji.length);
    if (to === undefined) return;
    event.preventDefault();
    if (to < 0) {
      onLeaveUp();
      return;
    }
    setActive(to);
    grid.current?.querySelectorAll<HTMLElement>('button')[to]?.focus();
  };

  const rows = Array.from({ length: Math.ceil(emoji.length / COLUMNS) }, (_, i) =>
    emoji.slice(i * COLUMNS, (i + 1) * COLUMNS),
  );
  return (
    <div ref={grid} role="grid" aria-label={texts.composer.emoji} class="emoji-grid" onKeyDown={onKeyDown}>
      {rows.map((row, r) => (
        <div role="row" key={row[0]}>
          {row.map((one, c) => (
            <button
              key={one}
              type="button"
              role="gridcell"
              tabIndex={r * COLUMNS + c === active ? 0 : -1}
              aria-label={nameOf(one)}
              data-testid="emoji"
              onFocus={() => onHint(one)}
              onPointerEnter={() => onHint(one)}
              onClick={() => onPick(one)}
            >
              {one}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Where a key goes from the place `at`; -1 leaves the grid upwards. */
export function target(key: string, at: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowRight':
      return Math.min(at + 1, last);
    case 'ArrowLeft':
      return Math.max(at - 1, 0);
    case 'ArrowDown':
      return at + COLUMNS <= last ? at + COLUMNS : last;
    case 'ArrowUp':
      return at < COLUMNS ? -1 : at - COLUMNS;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
