import { Dialog } from '../design/Dialog';
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
    <Dialog title={direct ? 'Hide these messages?' : `Leave ${name.value}?`} onClose={close} testId="leave-dialog">
      <DialogForm
        action={direct ? 'Hide' : 'Leave'}
        ready
        submit={async () => {
          const problem = await actions.leave(room);
          if (problem === undefined) close();
          return problem;
        }}
      >
        <p>
          {direct
            ? `The messages with ${name.value} come back with the next one.`
            : kind.value === 'public'
              ? 'You can join it again at any time.'
              : 'Only a member can add you again.'}
        </p>
      </DialogForm>
    </Dialog>
  );
}
