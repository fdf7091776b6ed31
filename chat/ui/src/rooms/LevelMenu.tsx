import { deferred } from '../design/Deferred';
import { Icon } from '../design/Icon';
import { Menu } from '../design/Menu';
import { texts } from '../language/language';
import type { Room } from '../room/room';

const LevelItems = deferred(() => import('./menu-items').then((module) => module.LevelItems));

/** Which messages of the room notify. */
export function LevelMenu({ room }: { room: Room }) {
  const level = room.info.level.value;
  return (
    <Menu label={texts.common.notifications} trigger={<Icon name={level === 'none' ? 'muted' : 'bell'} />} testId="level-menu">
      {(close) => <LevelItems room={room} close={close} />}
    </Menu>
  );
}
