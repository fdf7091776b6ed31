import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { Icon } from '../design/Icon';
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
    <Dialog title="Create a room" onClose={close} testId="new-room-dialog">
      <DialogForm
        action="Create"
        ready={name.trim() !== ''}
        submit={async () => {
          const problem = await actions.create({ kind, name: name.trim(), ...(topic.trim() === '' ? {} : { topic: topic.trim() }) });
          if (problem === undefined) close();
          return problem;
        }}
      >
        <RoomFields name={name} topic={topic} setName={setName} setTopic={setTopic} />
        <fieldset class="kinds">
          <legend>Who can see it</legend>
          <label class="kind">
            <input type="radio" name="kind" checked={kind === 'public'} onChange={() => setKind('public')} />
            <span>
              <Icon name="hash" size={18} />
              <b>Public</b>
              <small>Everybody can find and join it.</small>
            </span>
          </label>
          <label class="kind">
            <input type="radio" name="kind" checked={kind === 'private'} data-testid="kind-private" onChange={() => setKind('private')} />
            <span>
              <Icon name="lock" size={18} />
              <b>Private</b>
              <small>Only people whom a member adds.</small>
            </span>
          </label>
        </fieldset>
      </DialogForm>
    </Dialog>
  );
}
