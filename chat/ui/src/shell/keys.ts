import { signal } from '@preact/signals';
import { room } from '../app/natter';
import { focusComposer } from '../composer/draft';
import { go, view } from './view';

export const keysShown = signal(false);

export function showKeys(): void {
  keysShown.value = true;
}

const REGIONS = ['side', 'timeline', 'composer', 'people'];

/** Keys that work everywhere in the page; each has a button too. */
export function onKeys(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === '/') {
    event.preventDefault();
    keysShown.value = !keysShown.value;
  } else if (event.ctrlKey && event.key === 'F6') {
    event.preventDefault();
    nextRegion(event.shiftKey ? -1 : 1);
  } else if (event.key === 'Escape' && !keysShown.value && !document.querySelector(':popover-open')) {
    if (view.value === 'people') {
      go('room');
      return;
    }
    const here = room.value;
    here?.toNewest();
    here?.markRead();
    if (here) here.newAfter.value = undefined;
    focusComposer.value++;
  } else if (!command && !event.altKey && event.key.length === 1 && event.key !== ' ' && idle(event.target)) {
    // Somebody just starts to write: the letter goes into the composer.
    document.querySelector<HTMLElement>('[data-region=composer] textarea')?.focus();
  }
}

/** The focus is nowhere in particular. */
function idle(target: EventTarget | null): boolean {
  return target === document.body || (target instanceof HTMLElement && target.dataset['region'] === 'timeline');
}

function nextRegion(step: number): void {
  const places = REGIONS.map((name) => document.querySelector<HTMLElement>(`[data-region=${name}]`)).filter(
    (place): place is HTMLElement => place?.checkVisibility({ visibilityProperty: true }) === true,
  );
  const at = places.findIndex((place) => place.contains(document.activeElement));
  const place = places[(at + step + places.length) % places.length];
  const target = place?.matches('[tabindex]') ? place : place?.querySelector<HTMLElement>('textarea, button, [tabindex]');
  target?.focus();
}
