import { attentive } from '../app/attention';
import { rooms } from '../app/natter';
import type { Room } from '../app/room';
import { Icon } from '../look/Icon';
import { Logo } from '../look/Logo';
import { Me } from './Me';
import { go } from './view';

/** The left column: the server, its rooms, and oneself. */
export function Side() {
  return (
    <nav class="side" aria-label="Rooms" data-region="side">
      <div class="server">
        <Logo size={30} />
        <span>Natter</span>
      </div>
      <h2>Rooms</h2>
      <ul class="rooms-list">
        {rooms.value.length === 0 && <li class="bone room-bone" aria-hidden="true" />}
        {rooms.value.map((room) => (
          <RoomLine key={room.id} room={room} />
        ))}
      </ul>
      <Me />
    </nav>
  );
}

function RoomLine({ room }: { room: Room }) {
  const unread = attentive.value && room.atBottom.value ? 0 : room.unread.value;
  return (
    <li>
      <button type="button" class={unread > 0 ? 'room unread' : 'room'} aria-current="page" onClick={() => go('room')}>
        <Icon name="hash" size={17} />
        <bdi>{room.name.value}</bdi>
        {unread > 0 && <span class="unseen">, {unread} unread</span>}
      </button>
    </li>
  );
}
