import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { lateTexts } from '../language/language';
import type { Person } from '../net/contract';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { DialogForm } from './DialogForm';
import { PeoplePicker } from './PeoplePicker';

/** The most people who are added at once. */
const INVITE_LIMIT = 20;
/** A group has at most nine people with oneself. */
const GROUP_LIMIT = 8;

/** Adds people to a room. */
export function InvitePeople({ room }: { room: Room }) {
  const { actions, dialogs, members, toast } = useStore();
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const { kind, people, name } = room.info;
  const close = () => dialogs.close();
  return (
    <Dialog title={lateTexts.roomDialogs.addTo(name.value)} onClose={close} testId="invite-dialog">
      <DialogForm
        action={lateTexts.roomDialogs.add}
        ready={chosen.length > 0}
        submit={async () => {
          const problem = await actions.invite(room, chosen.map((p) => p.id));
          if (problem !== undefined) return problem;
          close();
          void members.load();
          const [only] = chosen;
          const { inRoomNow, manyInRoomNow } = lateTexts.roomDialogs;
          toast.show(chosen.length === 1 && only ? inRoomNow(only.name, name.value) : manyInRoomNow(chosen.length, name.value));
          return undefined;
        }}
      >
        <PeoplePicker
          chosen={chosen}
          choose={setChosen}
          most={kind.value === 'group' ? GROUP_LIMIT - people.value.length : INVITE_LIMIT}
          label={lateTexts.roomDialogs.peopleToAdd}
        />
      </DialogForm>
    </Dialog>
  );
}
