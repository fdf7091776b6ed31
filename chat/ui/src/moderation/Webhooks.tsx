import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { enableOutgoing, type IncomingWebhook, listWebhooks, type OutgoingWebhook, revokeIncoming, revokeOutgoing, type RoomName, type WebhookLists } from './integration-api';
import { NewIncoming } from './NewIncoming';
import { NewOutgoing } from './NewOutgoing';
import { useList } from './use-list';

const TEXT = {
  incoming: 'Incoming',
  aboutIncoming: 'A program posts to an address, and the message appears in a room.',
  outgoing: 'Outgoing',
  aboutOutgoing: 'The chat tells an address of messages in rooms.',
  noIncoming: 'There is no incoming webhook yet.',
  noOutgoing: 'There is no outgoing webhook yet.',
  hiddenRoom: 'a private room',
  by: (name: string) => `by ${name === '' ? 'the operator' : name}`,
  used: (when: string) => `used ${when}`,
  unused: 'not used yet',
  disabled: 'disabled',
  waiting: (count: number) => `${count} waiting`,
  dropped: (count: number) => `${count} dropped`,
  delivered: (when: string) => `delivered ${when}`,
  enable: 'Enable',
  revoke: 'Revoke',
} as const;

const roomText = ({ name }: RoomName) => name ?? TEXT.hiddenRoom;

/** Lists and makes webhooks; the outgoing ones for owners only. */
export function Webhooks() {
  const { toast } = useStore();
  const { list, problem, reload } = useList<WebhookLists>(async () => {
    const answer = await listWebhooks();
    return typeof answer === 'string' ? answer : [answer];
  });
  const after = async (failed: Promise<string | undefined>) => {
    toast.show(await failed);
    await reload();
  };
  const { incoming, outgoing } = list?.[0] ?? {};
  return (
    <>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <h3>{TEXT.incoming}</h3>
      <p class="quiet">{TEXT.aboutIncoming}</p>
      <NewIncoming onMade={() => void reload()} />
      <ul class="lines" aria-label={TEXT.incoming} aria-busy={list === undefined}>
        {incoming?.map((each) => (
          <IncomingLine key={each.person.id} webhook={each} onRevoke={() => void after(revokeIncoming(each.person.id))} />
        ))}
      </ul>
      {incoming?.length === 0 && <p class="quiet">{TEXT.noIncoming}</p>}
      {outgoing && (
        <>
          <h3>{TEXT.outgoing}</h3>
          <p class="quiet">{TEXT.aboutOutgoing}</p>
          <NewOutgoing onMade={() => void reload()} />
          <ul class="lines" aria-label={TEXT.outgoing}>
            {outgoing.map((each) => (
              <OutgoingLine
                key={each.id}
                webhook={each}
                onRevoke={() => void after(revokeOutgoing(each.id))}
                onEnable={() => void after(enableOutgoing(each.id))}
              />
            ))}
          </ul>
          {outgoing.length === 0 && <p class="quiet">{TEXT.noOutgoing}</p>}
        </>
      )}
    </>
  );
}

function IncomingLine({ webhook: { person, room, created_by, used_at }, onRevoke }: { webhook: IncomingWebhook; onRevoke: () => void }) {
  return (
    <li data-testid="incoming">
      <span>
        <b dir="auto">
          {person.name} → {roomText(room)}
        </b>
        <small>
          {TEXT.by(created_by)} · {used_at === undefined ? TEXT.unused : TEXT.used(whenText(used_at))}
        </small>
      </span>
      <button type="button" class="secondary" data-testid="revoke-incoming" onClick={onRevoke}>
        {TEXT.revoke}
      </button>
    </li>
  );
}

interface OutgoingProps {
  readonly webhook: OutgoingWebhook;
  readonly onRevoke: () => void;
  readonly onEnable: () => void;
}

function OutgoingLine({ webhook, onRevoke, onEnable }: OutgoingProps) {
  const { name, url, rooms, events, waiting, dropped, delivered_at, error, disabled } = webhook;
  const state = [
    disabled && TEXT.disabled,
    error,
    waiting > 0 && TEXT.waiting(waiting),
    dropped > 0 && TEXT.dropped(dropped),
    delivered_at !== undefined && TEXT.delivered(whenText(delivered_at)),
  ].filter(Boolean);
  return (
    <li data-testid="outgoing">
      <span>
        <b dir="auto">
          {rooms.map(roomText).join(', ')} → {name}
        </b>
        <small>{url}</small>
        <small>{events.join(', ')}</small>
        {state.length > 0 && <small>{state.join(' · ')}</small>}
      </span>
      {disabled && (
        <button type="button" class="secondary" data-testid="enable-outgoing" onClick={onEnable}>
          {TEXT.enable}
        </button>
      )}
      <button type="button" class="secondary" data-testid="revoke-outgoing" onClick={onRevoke}>
        {TEXT.revoke}
      </button>
    </li>
  );
}
