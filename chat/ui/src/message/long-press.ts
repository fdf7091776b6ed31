import { useRef } from 'preact/hooks';

const HOLD_MS = 450;
/** A finger that moves further scrolls. */
const SLACK = 10;

interface LongPress {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
  readonly onContextMenu: (event: Event) => void;
}

/** Calls `held` when a finger rests on the element. A link keeps the browser's own menu. */
export function useLongPress(held: (element: HTMLElement) => void): LongPress {
  const press = useRef<{ timer: number; x: number; y: number } | undefined>(undefined);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown(event) {
      end();
      const element = event.currentTarget as HTMLElement;
      if (event.pointerType !== 'touch' || !event.isPrimary || (event.target as Element).closest('a, button')) return;
      const timer = setTimeout(() => {
        end();
        held(element);
      }, HOLD_MS);
      press.current = { timer, x: event.clientX, y: event.clientY };
    },
    onPointerMove(event) {
      const { current } = press;
      if (current && Math.hypot(event.clientX - current.x, event.clientY - current.y) > SLACK) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu(event) {
      const touch = (event as PointerEvent).pointerType === 'touch';
      if (touch && !(event.target as Element).closest('a')) event.preventDefault();
    },
  };
}
