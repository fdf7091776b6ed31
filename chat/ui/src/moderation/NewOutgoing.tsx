import { useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { GENERAL } from '../store/room-list';
import { createOutgoing } from './integration-api';
import { ShownOnce } from './ShownOnce';

const EVENTS = ['message.sent', 'message.edited', 'message.deleted', 'member.joined'] as const;
const EXAMPLE = 'https://example.com/hook';

/** The form of an outgoing webhook, and the secret of the one that was just made. */
export function NewOutgoing({ onMade }: { onMade: () => void }) {
  const { rooms, toast } = useStore();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [room, setRoom] = useState(GENERAL);
  const [events, setEvents] = useState<readonly string[]>(['message.sent']);
  const [secret, setSecret] = useState<string | undefined>(undefined);
  const create = async (event: Event) => {
    event.preventDefault();
    const answer = await createOutgoing({ name: name.trim(), url: url.trim(), events, rooms: [room] });
    if (typeof answer === 'string') {
      toast.show(answer);
      return;
    }
    setSecret(answer.secret);
    setName('');
    setUrl('');
    onMade();
  };
  const choose = (event: string, on: boolean) => setEvents(on ? [...events, event] : events.filter((each) => each !== event));
  return (
    <>
      <form class="invite-form hook-form" onSubmit={(event) => void create(event)}>
        <label class="labelled">
          <span>{lateTexts.integrations.name}</span>
          <input type="text" value={name} maxLength={64} required data-testid="outgoing-name" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label class="labelled">
          <span>{lateTexts.integrations.room}</span>
          <select value={room} data-testid="outgoing-room" onChange={(event) => setRoom(event.currentTarget.value)}>
            {rooms.channels.value.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name.value}
              </option>
            ))}
          </select>
        </label>
        <label class="labelled wide">
          <span>{lateTexts.integrations.address}</span>
          <input
            type="url"
            value={url}
            placeholder={EXAMPLE}
            required
            data-testid="outgoing-url"
            onInput={(event) => setUrl(event.currentTarget.value)}
          />
        </label>
        <fieldset class="wide hook-events">
          <legend>{lateTexts.integrations.events}</legend>
          {EVENTS.map((id) => (
            <label key={id}>
              <input type="checkbox" checked={events.includes(id)} data-testid={`event-${id}`} onChange={(event) => choose(id, event.currentTarget.checked)} />
              {lateTexts.integrations.eventNames[id]}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="primary" data-testid="create-outgoing" disabled={events.length === 0}>
          {lateTexts.integrations.newWebhook}
        </button>
      </form>
      {secret && <ShownOnce label={lateTexts.integrations.secret} text={secret} />}
    </>
  );
}
