import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
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
    <Dialog title={`Add people to ${name.value}`} onClose={close} testId="invite-dialog">
      <DialogForm
        action="Add"
        ready={chosen.length > 0}
        submit={async () => {
          const problem = await actions.invite(room, chosen.map((p) => p.id));
          if (problem !== undefined) return problem;
          close();
          void members.load();
          toast.show(chosen.length === 1 ? `${chosen[0]?.name} is in ${name.value} now` : `${chosen.length} people are in ${name.value} now`);
          return undefined;
        }}
      >
        <PeoplePicker
          chosen={chosen}
          choose={setChosen}
          most={kind.value === 'group' ? GROUP_LIMIT - people.value.length : INVITE_LIMIT}
          label="People to add"
        />
      </DialogForm>
    </Dialog>
  );
}
