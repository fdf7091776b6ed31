import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import './popup.css';

interface Props {
  /** The popup stands beside this element, and gives it the focus back. */
  readonly opener: HTMLElement;
  readonly label: string;
  readonly class?: string;
  readonly role?: 'dialog' | 'menu';
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

const MARGIN = 8;

/** A box above the page. On a narrow screen it is a sheet at the bottom. It closes by Escape and by a press outside. */
export function Popup({ opener, label, class: name = '', role = 'dialog', onClose, children }: Props) {
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.showPopover();
    place(element, opener.getBoundingClientRect());
  }, [opener]);

  useEffect(() => {
    const element = box.current;
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('pointerdown', ({ target }) => !element?.contains(target as Node) && onClose(), {
      signal,
      capture: true,
    });
    addEventListener('resize', () => element && place(element, opener.getBoundingClientRect()), { signal });
    return () => listening.abort();
  }, [opener, onClose]);

  useEffect(() => () => focusBack(opener), [opener]);

  return (
    <div
      ref={box}
      popover="manual"
      class={`popup ${name}`}
      role={role}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}

/** Below the opener, or above it where there is more room. It reaches to the middle of the page. */
function place(box: HTMLElement, beside: DOMRect): void {
  const { width, height } = box.getBoundingClientRect();
  const below = innerHeight - beside.bottom;
  const top =
    below >= height + 2 * MARGIN || below > beside.top ? beside.bottom + MARGIN : beside.top - height - MARGIN;
  const clamp = (at: number, size: number, space: number) => Math.max(MARGIN, Math.min(at, space - size - MARGIN));
  const left = beside.left < innerWidth / 2 ? beside.left : beside.right - width;
  box.style.setProperty('--x', `${clamp(left, width, innerWidth)}px`);
  box.style.setProperty('--y', `${clamp(top, height, innerHeight)}px`);
}

/** The opener may be gone, as a toolbar is. Then its message gets the focus. */
function focusBack(opener: HTMLElement): void {
  const active = document.activeElement;
  if (active && active !== document.body && !active.closest('.popup')) return;
  if (opener.isConnected) opener.focus({ preventScroll: true });
}
