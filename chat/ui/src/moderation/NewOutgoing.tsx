import { useState } from 'preact/hooks';
import { useStore } from '../store/context';
import { GENERAL } from '../store/room-list';
import { createOutgoing } from './integration-api';
import { ShownOnce } from './ShownOnce';

const TEXT = {
  name: 'Name',
  address: 'Address',
  example: 'https://example.com/hook',
  room: 'Room',
  events: 'Events',
  create: 'New webhook',
  secret: 'The secret that signs the deliveries.',
} as const;

const EVENTS = [
  ['message.sent', 'Message sent'],
  ['message.edited', 'Message edited'],
  ['message.deleted', 'Message deleted'],
  ['member.joined', 'Member joined'],
] as const;

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
      <form class="hook-form" onSubmit={(event) => void create(event)}>
        <label class="labelled">
          <span>{TEXT.name}</span>
          <input type="text" value={name} maxLength={64} required data-testid="outgoing-name" onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label class="labelled">
          <span>{TEXT.room}</span>
          <select value={room} data-testid="outgoing-room" onChange={(event) => setRoom(event.currentTarget.value)}>
            {rooms.channels.value.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name.value}
              </option>
            ))}
          </select>
        </label>
        <label class="labelled wide">
          <span>{TEXT.address}</span>
          <input
            type="url"
            value={url}
            placeholder={TEXT.example}
            required
            data-testid="outgoing-url"
            onInput={(event) => setUrl(event.currentTarget.value)}
          />
        </label>
        <fieldset class="wide hook-events">
          <legend>{TEXT.events}</legend>
          {EVENTS.map(([id, label]) => (
            <label key={id}>
              <input type="checkbox" checked={events.includes(id)} data-testid={`event-${id}`} onChange={(event) => choose(id, event.currentTarget.checked)} />
              {label}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="primary" data-testid="create-outgoing" disabled={events.length === 0}>
          {TEXT.create}
        </button>
      </form>
      {secret && <ShownOnce label={TEXT.secret} text={secret} />}
    </>
  );
}
