import { Dialog } from '../design/Dialog';
import { lateTexts, texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { DialogForm } from './DialogForm';

/** Asks before the person leaves a room. */
export function LeaveRoom({ room }: { room: Room }) {
  const { actions, dialogs } = useStore();
  const { kind, name } = room.info;
  const close = () => dialogs.close();
  const direct = kind.value === 'direct';
  return (
    <Dialog title={direct ? lateTexts.roomDialogs.hideQuestion : lateTexts.roomDialogs.leaveQuestion(name.value)} onClose={close} testId="leave-dialog">
      <DialogForm
        action={direct ? texts.common.hide : texts.sidebar.leave}
        ready
        submit={async () => {
          const problem = await actions.leave(room);
          if (problem === undefined) close();
          return problem;
        }}
      >
        <p>
          {direct
            ? lateTexts.roomDialogs.comesBack(name.value)
            : kind.value === 'public'
              ? lateTexts.roomDialogs.joinAgain
              : lateTexts.roomDialogs.memberAdds}
        </p>
      </DialogForm>
    </Dialog>
  );
}
