import type { ComponentChildren } from 'preact';
import { useStore } from '../store/context';
import { addressOf, type Place } from '../store/place';

interface Props {
  readonly place: Place;
  readonly class?: string;
  readonly current?: boolean;
  readonly children: ComponentChildren;
  readonly testId?: string;
  readonly id?: string;
}

/** A link inside the page. With Ctrl or the middle button the browser opens another tab. */
export function PlaceLink({ place, class: className, current = false, children, testId, id }: Props) {
  const { navigation } = useStore();
  return (
    <a
      class={className}
      href={addressOf(place)}
      aria-current={current ? 'page' : undefined}
      data-testid={testId}
      data-id={id}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigation.go(place);
      }}
    >
      {children}
    </a>
  );
}
