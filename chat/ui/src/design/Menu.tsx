import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

interface Props {
  readonly label: string;
  /** The content of the button that opens the menu. */
  readonly trigger: ComponentChildren;
  /** The trigger has text, so the button needs no other name. */
  readonly named?: boolean;
  readonly buttonClass?: string;
  readonly children: (close: () => void) => ComponentChildren;
  readonly testId?: string;
}

/** The distance between the button and the menu, and between the menu and the edge of the page. */
const MARGIN = 6;

/** A button with a small panel of choices. The arrow keys move between them. */
export function Menu({ label, trigger, named = false, buttonClass = 'plain', children, testId }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  const place = () => {
    const box = panel.current;
    const from = button.current?.getBoundingClientRect();
    if (!box || !from) return;
    const { width, height } = box.getBoundingClientRect();
    const below = from.bottom + MARGIN + height <= innerHeight;
    box.style.top = `${Math.max(MARGIN, below ? from.bottom + MARGIN : from.top - MARGIN - height)}px`;
    box.style.left = `${Math.min(Math.max(MARGIN, from.right - width), innerWidth - width - MARGIN)}px`;
  };

  // The choices may be loaded while the menu is open.
  useEffect(() => {
    const box = panel.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => {
      if (!box.matches(':popover-open')) return;
      place();
      if (!box.contains(document.activeElement)) choices(box)[0]?.focus();
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  return (
    <>
      <button ref={button} type="button" class={buttonClass} popovertarget={id} aria-label={named ? undefined : label} title={label} data-testid={testId}>
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        class="menu"
        popover="auto"
        role="group"
        aria-label={label}
        onToggle={(event) => {
          if (event.newState !== 'open') return;
          place();
          choices(panel.current)[0]?.focus();
        }}
        onKeyDown={(event) => moveChoice(event, panel.current)}
      >
        {children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

const choices = (panel: HTMLElement | null) => [
  ...(panel?.querySelectorAll<HTMLElement>('button:not(:disabled), input:checked, a[href]') ?? []),
];

function moveChoice(event: KeyboardEvent, panel: HTMLElement | null): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  // Radio buttons move by themselves.
  if (step === 0 || (event.target as HTMLElement).matches('input[type=radio]')) return;
  const all = choices(panel);
  const at = all.indexOf(event.target as HTMLElement);
  all[(at + step + all.length) % all.length]?.focus();
  event.preventDefault();
}
