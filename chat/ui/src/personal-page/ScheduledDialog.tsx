import { Dialog } from '../design/Dialog';
import { lateTexts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { ScheduledList } from './ScheduledList';

/** The messages of one room that are sent later. */
export function ScheduledDialog({ room }: { room: Room }) {
  const { personal, dialogs } = useStore();
  const list = personal.value?.inRoom(room.id) ?? [];
  return (
    <Dialog title={lateTexts.personal.inRoom} onClose={() => dialogs.close()} testId="scheduled-dialog">
      {list.length === 0 ? <p>{lateTexts.personal.noneInRoom}</p> : <ScheduledList list={list} />}
    </Dialog>
  );
}
