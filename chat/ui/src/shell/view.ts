import { signal } from '@preact/signals';

/**
 * Where a person is on a small screen: list → room → people, with the browser's own Back. On wider screens the list
 * always stands left; the people stand right, or slide over where there is no room for them.
 */
export type View = 'list' | 'room' | 'people';

export const view = signal<View>('room');
/** On a wide screen the right column can be put away. */
export const peopleHidden = signal(false);

const DEPTH: Record<View, number> = { list: 0, room: 1, people: 2 };
const HASH: Record<View, string> = { list: '#rooms', room: '#general', people: '#people' };

export const wide = matchMedia('(min-width: 1024px)');

function current(): View {
  const state: unknown = history.state;
  return state === 'list' || state === 'people' ? state : 'room';
}

export function watchView(): void {
  const back = () => {
    view.value = current();
  };
  addEventListener('popstate', back);
  back();
}

/** Deeper adds a step for Back; shallower replaces, so that Back never leads deeper. */
export function go(to: View): void {
  if (to === view.value) return;
  const deeper = DEPTH[to] > DEPTH[view.value];
  if (deeper) history.pushState(to, '', HASH[to]);
  else history.replaceState(to, '', HASH[to]);
  view.value = to;
}

export function togglePeople(): void {
  if (wide.matches) peopleHidden.value = !peopleHidden.value;
  else go(view.value === 'people' ? 'room' : 'people');
}
