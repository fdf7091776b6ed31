import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { lateTexts, texts } from '../language/language';
import type { Person } from '../net/contract';
import { useStore } from '../store/context';
import { DialogForm } from './DialogForm';
import { PeoplePicker } from './PeoplePicker';

/** The most others in a group. */
const GROUP_LIMIT = 8;

/** Begins direct messages with one person, or with a group. */
export function NewDirect() {
  const { actions, dialogs } = useStore();
  const [chosen, setChosen] = useState<readonly Person[]>([]);
  const close = () => dialogs.close();
  return (
    <Dialog title={texts.sidebar.newMessage} onClose={close} testId="new-direct-dialog">
      <DialogForm
        action={chosen.length > 1 ? lateTexts.roomDialogs.startGroup : lateTexts.roomDialogs.write}
        ready={chosen.length > 0}
        submit={async () => {
          const [only] = chosen;
          const problem =
            chosen.length === 1 && only ? await actions.direct(only.id) : await actions.create({ kind: 'group', people: chosen.map((p) => p.id) });
          if (problem === undefined) close();
          return problem;
        }}
      >
        <PeoplePicker chosen={chosen} choose={setChosen} most={GROUP_LIMIT} label={lateTexts.roomDialogs.to} />
      </DialogForm>
    </Dialog>
  );
}
