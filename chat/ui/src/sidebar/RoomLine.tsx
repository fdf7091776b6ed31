import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import { RoomIcon } from '../rooms/RoomIcon';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { placeOf } from '../store/room-list';
import { shortCount } from '../store/totals';
import { PlaceLink } from './PlaceLink';

/** A room in the left column: bold with unread messages, with a number for mentions and direct messages. */
export function RoomLine({ room }: { room: Room }) {
  const { rooms, navigation, drafts } = useStore();
  const { level, direct, name } = room.info;
  const current = rooms.current.value === room && navigation.place.value.kind !== 'mentions';
  const quiet = level.value === 'none';
  // The room that the person looks at is read in a moment.
  const seen = room.seen.value;
  const unread = seen ? 0 : room.unread.value;
  const mentions = seen ? 0 : room.mentions.value;
  const bold = unread > 0 && !quiet;
  return (
    <li>
      <PlaceLink
        place={placeOf(room)}
        class={`room${bold ? ' unread' : ''}${quiet ? ' quiet' : ''}`}
        current={current}
        testId="room"
        id={room.id}
      >
        <RoomIcon room={room} size={17} />
        <bdi>{name.value}</bdi>
        {unread > 0 && mentions === 0 && <span class="visually-hidden">, {unread} {texts.sidebar.unread}</span>}
        {drafts.rooms.value.has(room.id) && !current && (
          <span class="draft" title={texts.sidebar.draft}>
            <Icon name="pencil" size={14} />
            <span class="visually-hidden">, {texts.sidebar.draft}</span>
          </span>
        )}
        {quiet && (
          <span class="muted" title={texts.sidebar.muted}>
            <Icon name="muted" size={14} />
            <span class="visually-hidden">, {texts.sidebar.muted}</span>
          </span>
        )}
        {mentions > 0 && (
          <span class="pill" data-testid="pill">
            {shortCount(mentions)}
            <span class="visually-hidden">{` ${direct.value ? texts.sidebar.unread : texts.sidebar.mentions(mentions)}`}</span>
          </span>
        )}
      </PlaceLink>
    </li>
  );
}
