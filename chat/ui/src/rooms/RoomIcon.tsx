import { Avatar } from '../design/Avatar';
import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';

/** Stands before the name of a room: # or a lock, or the picture of the other person with the presence. */
export function RoomIcon({ room, size }: { room: Room; size: number }) {
  const { people } = useStore();
  const { kind, people: others } = room.info;
  const [other] = others.value;
  if (kind.value === 'direct' && other) {
    const online = people.isOnline(other.id);
    return (
      <span class="face">
        <Avatar person={other} small />
        {online && <span class="dot" />}
        {online && <span class="visually-hidden">{texts.common.online}: </span>}
      </span>
    );
  }
  if (kind.value === 'group') {
    return (
      <span class="face group" aria-hidden="true">
        {others.value.length + 1}
      </span>
    );
  }
  return <Icon name={kind.value === 'private' ? 'lock' : 'hash'} size={size} />;
}
