import type { Person } from '../net/contract';
import { initials } from '../text/graphemes';
import { isDeep, personHue } from './person-hue';

/** A person's colour and initials. Screen readers skip it, because the name stands beside it. */
export function Avatar({ person, small = false }: { person: Person; small?: boolean }) {
  return (
    <span
      class={`avatar${small ? ' small' : ''}${isDeep(person.hue) ? ' deep' : ''}`}
      aria-hidden="true"
      style={{ '--h': String(personHue(person.hue)) }}
    >
      {initials(person.name)}
    </span>
  );
}
