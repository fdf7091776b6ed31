import { roster } from '../app/natter';
import type { Room } from '../app/room';
import { Icon } from '../look/Icon';
import { go, togglePeople } from './view';

export function Header({ room }: { room: Room | undefined }) {
  const count = roster.value.count;
  return (
    <header class="header">
      <button type="button" class="plain back" aria-label="Rooms" onClick={() => go('list')}>
        <Icon name="back" />
      </button>
      <h1>
        <Icon name="hash" size={18} />
        <bdi>{room?.name.value ?? ''}</bdi>
      </h1>
      {room && (
        <button type="button" class="plain who" title="Who is here" aria-label={`${count} online. Who is here`} onClick={togglePeople}>
          <span class="dot" />
          <span data-testid="online-count" data-count={count}>
            {count} online
          </span>
          <Icon name="people" />
        </button>
      )}
    </header>
  );
}
