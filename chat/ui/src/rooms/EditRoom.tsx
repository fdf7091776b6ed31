import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { GENERAL } from '../store/room-list';
import { DialogForm } from './DialogForm';
import { RoomFields } from './RoomFields';

/** Changes the name and the topic of a room. */
export function EditRoom({ room }: { room: Room }) {
  const { actions, dialogs } = useStore();
  const { kind, topic: before, last } = room.info;
  const [name, setName] = useState(last?.name ?? '');
  const [topic, setTopic] = useState(before.value);
  const named = kind.value !== 'direct' && room.id !== GENERAL;
  const close = () => dialogs.close();
  return (
    <Dialog title={named ? texts.rooms.editRoom : texts.rooms.editTopic} onClose={close} testId="edit-room-dialog">
      <DialogForm
        action={texts.common.save}
        ready={!named || kind.value === 'group' || name.trim() !== ''}
        submit={async () => {
          const renamed = named && name.trim() !== last?.name ? { name: name.trim() } : {};
          const problem = await actions.change(room, { ...renamed, topic: topic.trim() });
          if (problem === undefined) close();
          return problem;
        }}
      >
        <RoomFields {...(named ? { name, setName } : {})} topic={topic} setTopic={setTopic} />
      </DialogForm>
    </Dialog>
  );
}
