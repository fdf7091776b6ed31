import { Icon, type IconName } from '../design/Icon';
import { Logo } from '../design/Logo';
import { Menu } from '../design/Menu';
import { texts } from '../language/language';
import { useStore } from '../store/context';
import { shortCount } from '../store/totals';
import { AccountMenu } from './AccountMenu';
import { PlaceLink } from './PlaceLink';
import { RoomLine } from './RoomLine';
import './sidebar.css';

const APPLE = /Mac|iP(hone|ad)/.test(navigator.platform);

/** The left column: quick switch, own pages, rooms, direct messages, and the person's own menu. */
export function Sidebar() {
  const { rooms, dialogs, navigation } = useStore();
  const alone = navigation.narrow.value && navigation.view.value === 'list';
  return (
    <div class="side" role={alone ? 'main' : 'navigation'} aria-label={alone ? undefined : texts.common.rooms}>
      <div class="server">
        <Logo size={28} />
        {alone ? <h1>Natter</h1> : <span>Natter</span>}
      </div>
      <div class="places" data-region="side">
        <button type="button" class="quick-switch" data-testid="quick-switch" onClick={() => dialogs.show({ kind: 'switcher' })}>
          <Icon name="search" size={16} />
          <span>{texts.sidebar.goTo}</span>
          <kbd>{APPLE ? '⌘K' : texts.sidebar.switchKeys}</kbd>
        </button>
        <PageLines />
        <div class="section-head">
          <h2 id="rooms-title">{texts.common.rooms}</h2>
          <AddMenu />
        </div>
        <ul aria-labelledby="rooms-title">
          {!rooms.known.value && rooms.all.value.length === 0 && <Bones />}
          {rooms.channels.value.map((room) => (
            <RoomLine key={room.id} room={room} />
          ))}
        </ul>
        <div class="section-head">
          <h2 id="direct-title">{texts.sidebar.direct}</h2>
          <button
            type="button"
            class="plain add"
            aria-label={texts.sidebar.newMessage}
            title={texts.sidebar.newMessage}
            data-testid="new-direct"
            onClick={() => dialogs.show({ kind: 'new-direct' })}
          >
            <Icon name="plus" size={17} />
          </button>
        </div>
        <ul aria-labelledby="direct-title">
          {rooms.directs.value.map((room) => (
            <RoomLine key={room.id} room={room} />
          ))}
          {rooms.known.value && rooms.directs.value.length === 0 && (
            <li>
              <button type="button" class="room hint" onClick={() => dialogs.show({ kind: 'new-direct' })}>
                {texts.sidebar.writeTo}
              </button>
            </li>
          )}
        </ul>
      </div>
      <AccountMenu showShortcuts={() => dialogs.show({ kind: 'shortcuts' })} />
    </div>
  );
}

/** The pages of the person: mentions, saved messages, and those that are sent later, if there are any. */
function PageLines() {
  const { totals, personal } = useStore();
  const lists = personal.value;
  return (
    <>
      <PageLine kind="mentions" icon="at" name={texts.common.mentions} count={totals.channelMentions.value} />
      <PageLine kind="saved" icon="bookmark" name={texts.common.saved} count={lists?.due.value ?? 0} />
      {lists && lists.scheduled.value.length > 0 && (
        <PageLine kind="scheduled" icon="clock" name={texts.common.scheduled} count={lists.refused.value} />
      )}
    </>
  );
}

interface PageLineProps {
  readonly kind: 'mentions' | 'saved' | 'scheduled';
  readonly icon: IconName;
  readonly name: string;
  readonly count: number;
}

function PageLine({ kind, icon, name, count }: PageLineProps) {
  const { navigation } = useStore();
  return (
    <PlaceLink place={{ kind }} class={count > 0 ? 'room unread' : 'room'} current={navigation.place.value.kind === kind} testId={`${kind}-link`}>
      <Icon name={icon} size={17} />
      <span>{name}</span>
      {count > 0 && (
        <span class="pill">
          {shortCount(count)}
          <span class="visually-hidden"> {texts.sidebar.unread}</span>
        </span>
      )}
    </PlaceLink>
  );
}

function AddMenu() {
  const { dialogs, actions, totals } = useStore();
  return (
    <Menu label={texts.sidebar.add} trigger={<Icon name="plus" size={17} />} buttonClass="plain add" testId="add-menu">
      {(close) => {
        const choose = (run: () => void) => () => {
          close();
          run();
        };
        return (
          <>
            <button type="button" data-testid="new-room" onClick={choose(() => dialogs.show({ kind: 'new-room' }))}>
              <Icon name="plus" size={18} />
              {texts.sidebar.createRoom}
            </button>
            <button type="button" data-testid="browse-rooms" onClick={choose(() => dialogs.show({ kind: 'browse' }))}>
              <Icon name="search" size={18} />
              {texts.sidebar.browse}
            </button>
            <button type="button" disabled={!totals.anyUnread.value} data-testid="mark-all-read" onClick={choose(() => actions.markAllRead())}>
              <Icon name="read" size={18} />
              {texts.sidebar.markAllRead}
            </button>
          </>
        );
      }}
    </Menu>
  );
}

const BONES = ['w60', 'w45', 'w75'];

function Bones() {
  return (
    <>
      {BONES.map((width) => (
        <li key={width} class="room-bone" aria-hidden="true">
          <span class={`bone ${width}`} />
        </li>
      ))}
    </>
  );
}
