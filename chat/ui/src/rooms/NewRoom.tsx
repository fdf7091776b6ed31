import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { Icon } from '../design/Icon';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { DialogForm } from './DialogForm';
import { RoomFields } from './RoomFields';

/** Asks for kind, name and topic of a new room. */
export function NewRoom() {
  const { actions, dialogs } = useStore();
  const [kind, setKind] = useState<'public' | 'private'>('public');
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const close = () => dialogs.close();
  return (
    <Dialog title={lateTexts.roomDialogs.createRoom} onClose={close} testId="new-room-dialog">
      <DialogForm
        action={lateTexts.roomDialogs.create}
        ready={name.trim() !== ''}
        submit={async () => {
          const problem = await actions.create({ kind, name: name.trim(), ...(topic.trim() === '' ? {} : { topic: topic.trim() }) });
          if (problem === undefined) close();
          return problem;
        }}
      >
        <RoomFields name={name} topic={topic} setName={setName} setTopic={setTopic} />
        <fieldset class="kinds">
          <legend>{lateTexts.roomDialogs.whoCanSee}</legend>
          <label class="kind">
            <input type="radio" name="kind" checked={kind === 'public'} onChange={() => setKind('public')} />
            <span>
              <Icon name="hash" size={18} />
              <b>{lateTexts.roomDialogs.public}</b>
              <small>{lateTexts.roomDialogs.publicHelp}</small>
            </span>
          </label>
          <label class="kind">
            <input type="radio" name="kind" checked={kind === 'private'} data-testid="kind-private" onChange={() => setKind('private')} />
            <span>
              <Icon name="lock" size={18} />
              <b>{lateTexts.roomDialogs.private}</b>
              <small>{lateTexts.roomDialogs.privateHelp}</small>
            </span>
          </label>
        </fieldset>
      </DialogForm>
    </Dialog>
  );
}
