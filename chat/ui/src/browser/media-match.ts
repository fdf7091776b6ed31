import { type ReadonlySignal, signal } from '@preact/signals';

/** Does the screen match a media query? */
export function mediaMatch(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => {
    matches.value = list.matches;
  });
  return matches;
}
