import type { Person } from '../net/contract';
import { hue, initials } from './hue';

/** A person's colour and letters; names stand beside it, so it says nothing to a screen reader. */
export function Avatar({ person, small = false }: { person: Person; small?: boolean }) {
  return (
    <span class={small ? 'avatar small' : 'avatar'} aria-hidden="true" style={{ '--h': String(hue(person.id)) }}>
      {initials(person.name)}
    </span>
  );
}
