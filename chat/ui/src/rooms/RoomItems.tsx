import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { addressOf } from '../store/place';
import { GENERAL, placeOf } from '../store/room-list';

/** Plain http has no clipboard. */
const canCopy = navigator.clipboard !== undefined;

const copyAddress = (room: Room) => navigator.clipboard.writeText(new URL(addressOf(placeOf(room)), location.href).href);

/** The actions on the room. */
export function RoomItems({ room, close }: { room: Room; close: () => void }) {
  const { dialogs, actions, toast, standing } = useStore();
  const { kind, mine, direct, archived } = room.info;
  const canInvite = kind.value !== 'direct' && room.id !== GENERAL && !archived.value;
  const choose = (run: () => void) => () => {
    close();
    run();
  };
  return (
    <>
      <button type="button" disabled={room.unread.value === 0} data-testid="mark-read" onClick={choose(() => room.markAllRead())}>
        <Icon name="read" size={18} />
        {texts.common.markRead}
      </button>
      {canCopy && (
        <button type="button" onClick={choose(() => void copyAddress(room).then(() => toast.show(texts.common.linkCopied)))}>
          <Icon name="copy" size={18} />
          {texts.common.copyLink}
        </button>
      )}
      <button type="button" data-testid="show-pins" onClick={choose(() => dialogs.show({ kind: 'pins', room }))}>
        <Icon name="pin" size={18} />
        {texts.rooms.pinned}
      </button>
      {canInvite && (
        <button type="button" data-testid="invite" onClick={choose(() => dialogs.show({ kind: 'invite', room }))}>
          <Icon name="invite" size={18} />
          {texts.rooms.addPeople}
        </button>
      )}
      {mine.value && (
        <button type="button" data-testid="edit-room" onClick={choose(() => dialogs.show({ kind: 'edit-room', room }))}>
          <Icon name="pencil" size={18} />
          {room.id === GENERAL ? texts.rooms.editTopic : texts.rooms.editRoom}
        </button>
      )}
      {standing.moderator.value && !direct.value && !archived.value && (
        <button type="button" data-testid="slow-mode" onClick={choose(() => dialogs.show({ kind: 'slow', room }))}>
          <Icon name="clock" size={18} />
          {texts.rooms.slow}
        </button>
      )}
      {mine.value && !direct.value && room.id !== GENERAL && (
        <button
          type="button"
          data-testid="archive"
          onClick={choose(() => void actions.archive(room, !archived.value).then((problem) => toast.show(problem)))}
        >
          <Icon name="archive" size={18} />
          {archived.value ? texts.rooms.openAgain : texts.rooms.archive}
        </button>
      )}
      {room.id !== GENERAL && (
        <button type="button" data-testid="leave-room" onClick={choose(() => dialogs.show({ kind: 'leave', room }))}>
          <Icon name="leave" size={18} />
          {kind.value === 'direct' ? texts.rooms.hideMessages : texts.sidebar.leave}
        </button>
      )}
    </>
  );
}
