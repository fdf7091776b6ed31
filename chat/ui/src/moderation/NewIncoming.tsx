import { useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { GENERAL } from '../store/room-list';
import { createIncoming } from './integration-api';
import { ShownOnce } from './ShownOnce';

/** The form of an incoming webhook, and the address of the one that was just made. */
export function NewIncoming({ onMade }: { onMade: () => void }) {
  const { rooms, toast } = useStore();
  const [name, setName] = useState('');
  const [room, setRoom] = useState(GENERAL);
  const [address, setAddress] = useState<string | undefined>(undefined);
  const create = async (event: Event) => {
    event.preventDefault();
    const answer = await createIncoming(room, name.trim());
    if (typeof answer === 'string') {
      toast.show(answer);
      return;
    }
    setAddress(location.origin + answer.path);
    setName('');
    onMade();
  };
  return (
    <>
      <form class="invite-form hook-form" onSubmit={(event) => void create(event)}>
        <label class="labelled">
          <span>{lateTexts.integrations.name}</span>
          <input type="text" value={name} maxLength={64} required data-testid="incoming-name" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label class="labelled">
          <span>{lateTexts.integrations.room}</span>
          <select value={room} data-testid="incoming-room" onChange={(event) => setRoom(event.currentTarget.value)}>
            {rooms.channels.value.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name.value}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="primary" data-testid="create-incoming">
          {lateTexts.integrations.newWebhook}
        </button>
      </form>
      {address && <ShownOnce label={lateTexts.integrations.addressToPost} text={address} />}
    </>
  );
}
