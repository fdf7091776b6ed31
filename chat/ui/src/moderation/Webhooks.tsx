import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { enableOutgoing, type IncomingWebhook, listWebhooks, type OutgoingWebhook, revokeIncoming, revokeOutgoing, type RoomName, type WebhookLists } from './integration-api';
import { NewIncoming } from './NewIncoming';
import { NewOutgoing } from './NewOutgoing';
import { useList } from './use-list';

const roomText = ({ name }: RoomName) => name ?? lateTexts.integrations.privateRoom;

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
      <h3>{lateTexts.integrations.incoming}</h3>
      <p class="quiet">{lateTexts.integrations.incomingLead}</p>
      <NewIncoming onMade={() => void reload()} />
      <ul class="lines" aria-label={lateTexts.integrations.incoming} aria-busy={list === undefined}>
        {incoming?.map((each) => (
          <IncomingLine key={each.person.id} webhook={each} onRevoke={() => void after(revokeIncoming(each.person.id))} />
        ))}
      </ul>
      {incoming?.length === 0 && <p class="quiet">{lateTexts.integrations.noIncoming}</p>}
      {outgoing && (
        <>
          <h3>{lateTexts.integrations.outgoing}</h3>
          <p class="quiet">{lateTexts.integrations.outgoingLead}</p>
          <NewOutgoing onMade={() => void reload()} />
          <ul class="lines" aria-label={lateTexts.integrations.outgoing}>
            {outgoing.map((each) => (
              <OutgoingLine
                key={each.id}
                webhook={each}
                onRevoke={() => void after(revokeOutgoing(each.id))}
                onEnable={() => void after(enableOutgoing(each.id))}
              />
            ))}
          </ul>
          {outgoing.length === 0 && <p class="quiet">{lateTexts.integrations.noOutgoing}</p>}
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
          {created_by === '' ? lateTexts.integrations.byOperator : lateTexts.integrations.by(created_by)} · {used_at === undefined ? lateTexts.integrations.unused : lateTexts.integrations.used(whenText(used_at))}
        </small>
      </span>
      <button type="button" class="secondary" data-testid="revoke-incoming" onClick={onRevoke}>
        {lateTexts.place.revoke}
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
  const names: Readonly<Record<string, string>> = lateTexts.integrations.eventNames;
  const state = [
    disabled && lateTexts.integrations.disabled,
    error !== undefined && lateTexts.integrations.problem(error),
    waiting > 0 && lateTexts.integrations.waiting(waiting),
    dropped > 0 && lateTexts.integrations.dropped(dropped),
    delivered_at !== undefined && lateTexts.integrations.delivered(whenText(delivered_at)),
  ].filter(Boolean);
  return (
    <li data-testid="outgoing">
      <span>
        <b dir="auto">
          {rooms.map(roomText).join(', ')} → {name}
        </b>
        <small>{url}</small>
        <small>{events.map((each) => names[each] ?? each).join(', ')}</small>
        {state.length > 0 && <small>{state.join(' · ')}</small>}
      </span>
      {disabled && (
        <button type="button" class="secondary" data-testid="enable-outgoing" onClick={onEnable}>
          {lateTexts.integrations.enable}
        </button>
      )}
      <button type="button" class="secondary" data-testid="revoke-outgoing" onClick={onRevoke}>
        {lateTexts.place.revoke}
      </button>
    </li>
  );
}
