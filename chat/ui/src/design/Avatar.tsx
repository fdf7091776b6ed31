import { BASE } from '../browser/base-path';
import type { Person } from '../net/contract';
import { initials } from '../text/graphemes';
import { changedPictures } from './changed-pictures';
import { isDeep, personHue } from './person-hue';
import './avatar.css';

/**
 * A person's picture, or the initials on the person's colour. They are also behind a picture that does not load.
 * Screen readers skip it, because the name stands beside it.
 */
export function Avatar({ person, small = false, large = false }: { person: Person; small?: boolean; large?: boolean }) {
  const changed = changedPictures.value;
  const picture = changed.has(person.id) ? changed.get(person.id) : person.picture;
  return (
    <span
      class={`avatar${small ? ' small' : large ? ' large' : ''}${isDeep(person.hue) ? ' deep' : ''}`}
      aria-hidden="true"
      style={{ '--h': String(personHue(person.hue)) }}
    >
      {initials(person.name)}
      {picture !== undefined && (
        <img
          key={picture}
          src={`${BASE}/pictures/${picture}${large ? '' : '/small'}`}
          alt=""
          loading="lazy"
          draggable={false}
          onError={({ currentTarget }) => {
            currentTarget.hidden = true;
          }}
        />
      )}
    </span>
  );
}
