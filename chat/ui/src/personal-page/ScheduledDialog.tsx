import { Dialog } from '../design/Dialog';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { ScheduledList } from './ScheduledList';

const TITLE = 'Scheduled in this room';
const NOTHING = 'No message of this room waits to be sent.';

/** The messages of one room that are sent later. */
export function ScheduledDialog({ room }: { room: Room }) {
  const { personal, dialogs } = useStore();
  const list = personal.value?.inRoom(room.id) ?? [];
  return (
    <Dialog title={TITLE} onClose={() => dialogs.close()} testId="scheduled-dialog">
      {list.length === 0 ? <p>{NOTHING}</p> : <ScheduledList list={list} />}
    </Dialog>
  );
}
