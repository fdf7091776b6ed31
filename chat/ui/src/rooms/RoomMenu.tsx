import { deferred } from '../design/Deferred';
import { Icon } from '../design/Icon';
import { Menu } from '../design/Menu';
import { texts } from '../language/language';
import type { Room } from '../room/room';

const RoomItems = deferred(() => import('./menu-items').then((module) => module.RoomItems));

/** The actions on the room. */
export function RoomMenu({ room }: { room: Room }) {
  return (
    <Menu label={texts.rooms.menu} trigger={<Icon name="more" />} testId="room-menu">
      {(close) => <RoomItems room={room} close={close} />}
    </Menu>
  );
}
