import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import { numberText } from '../language/plural';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { durationText } from '../time/when-text';
import { LevelMenu } from './LevelMenu';
import { RoomIcon } from './RoomIcon';
import { RoomMenu } from './RoomMenu';

/** The line above the messages: the room, its topic and people. `title` names a room that the person is not in. */
export function Header({ room, title = '' }: { room: Room | undefined; title?: string }) {
  return (
    <header class="header">
      <BackButton />
      <h1 class="room-title">
        {room && <RoomIcon room={room} size={18} />}
        <bdi>{room?.name.value ?? title}</bdi>
        {room?.info.archived.value && <span class="tag">{texts.rooms.archived}</span>}
        {room && room.info.slowMs.value > 0 && (
          <span class="tag" title={texts.common.slow(durationText(room.info.slowMs.value))} data-testid="slow-tag">
            {texts.rooms.slowTag}
          </span>
        )}
      </h1>
      {room?.info.topic.value && (
        <p class="topic" title={room.info.topic.value} dir="auto">
          {room.info.topic.value}
        </p>
      )}
      {room && (
        <div class="header-tools">
          <SearchButton room={room} />
          <PeopleButton room={room} />
          <LevelMenu key={room.id} room={room} />
          <RoomMenu key={`${room.id}-menu`} room={room} />
        </div>
      )}
    </header>
  );
}

export function BackButton() {
  const { navigation, totals } = useStore();
  return (
    <button type="button" class="plain back" aria-label={texts.common.rooms} onClick={() => navigation.back()}>
      <Icon name="back" />
      {totals.mentions.value > 0 && <span class="back-dot" />}
    </button>
  );
}

/** Opens the search, within the room. */
function SearchButton({ room }: { room: Room }) {
  const store = useStore();
  return (
    <button type="button" class="plain" aria-label={texts.common.search} title={texts.rooms.searchKeys} data-testid="open-search" onClick={() => store.search(undefined, room)}>
      <Icon name="search" />
    </button>
  );
}

/** "14 · 5 online" of a room, "online" of a direct room. */
function PeopleButton({ room }: { room: Room }) {
  const { people, members, navigation } = useStore();
  const { kind, people: others } = room.info;
  const list = members.members.value;
  // Everybody is in the general room, so its count needs no request.
  const online = room.id === 'general' ? people.roster.value.count : (list?.online ?? 0);
  const shown = navigation.peopleShown.value;
  const [other] = others.value;
  const text =
    kind.value === 'direct'
      ? other && people.isOnline(other.id)
        ? texts.common.online
        : texts.common.offline
      : list
        ? // The list is a little older than the presence.
          `${numberText(Math.max(list.count, online))} · ${numberText(online)} ${texts.common.online}`
        : `${numberText(online)} ${texts.common.online}`;
  return (
    <button
      type="button"
      class="plain who"
      title={shown ? texts.rooms.hidePeople : texts.rooms.showPeople}
      aria-label={`${text}. ${texts.common.people}`}
      aria-expanded={shown}
      onClick={() => navigation.togglePeople()}
    >
      {text !== texts.common.offline && <span class="dot" />}
      <span class="who-text" data-testid="online-count" data-count={online}>
        {text}
      </span>
      <Icon name="people" />
    </button>
  );
}
