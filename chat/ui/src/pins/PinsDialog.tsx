import { Dialog } from '../design/Dialog';
import { lateTexts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { PinsPanel } from './PinsPanel';

/** The pinned messages of a room as a dialog. */
export function PinsDialog({ room }: { room: Room }) {
  const { dialogs } = useStore();
  const close = () => dialogs.close();
  return (
    <Dialog title={lateTexts.pins.title} onClose={close}>
      <PinsPanel room={room} onJump={close} />
    </Dialog>
  );
}
