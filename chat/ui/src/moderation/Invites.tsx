import { useState } from 'preact/hooks';
import type { Invite } from '../net/contract';
import { inviteAddress } from '../net/entry-link';
import { useStore } from '../store/context';
import { durationText, whenText } from '../time/when-text';
import { QrCode } from './QrCode';
import { useList } from './use-list';

const DAY = 86_400_000;
const TIMES = [3_600_000, DAY, 7 * DAY, 30 * DAY];
const USES = [1, 5, 25, 100];

/** Makes invites and lists those that still work. */
export function Invites() {
  const { server, messages, toast } = useStore();
  const [time, setTime] = useState(7 * DAY);
  const [uses, setUses] = useState(25);
  const [made, setMade] = useState<Invite | undefined>(undefined);
  const { list, problem, reload } = useList<Invite>(async () => {
    const answer = await server.ask('invites', {});
    return answer.ok === true ? answer.invites : answer.err.message;
  });
  const create = async () => {
    const answer = await server.ask('invite.create', { expires_in_ms: time, uses }).catch(() => undefined);
    if (answer?.ok === true) setMade(answer.invite);
    else toast.show(answer?.err.message ?? 'The server does not answer.');
    await reload();
  };
  const revoke = async (id: string) => {
    const answer = await server.ask('invite.revoke', { id }).catch(() => undefined);
    if (answer?.ok !== true) toast.show(answer?.err.message ?? 'The server does not answer.');
    if (made?.id === id) setMade(undefined);
    await reload();
  };
  const link = made?.token && inviteAddress(location.origin, made.token);
  return (
    <>
      {link && (
        <div class="new-invite" data-testid="new-invite">
          <QrCode text={link} label="QR code of the invite" />
          <div>
            <p>Scan it with a phone, or send the link. It is shown only now.</p>
            <input type="text" readOnly value={link} aria-label="Link of the invite" data-testid="invite-link" onFocus={(event) => event.currentTarget.select()} />
            <button type="button" class="secondary" onClick={() => void messages.copy(link, 'The link is copied')}>
              Copy link
            </button>
          </div>
        </div>
      )}
      <div class="invite-form">
        <label class="labelled">
          <span>Works for</span>
          <select value={time} data-testid="invite-time" onChange={(event) => setTime(Number(event.currentTarget.value))}>
            {TIMES.map((ms) => (
              <option key={ms} value={ms}>
                {durationText(ms)}
              </option>
            ))}
          </select>
        </label>
        <label class="labelled">
          <span>Lets in</span>
          <select value={uses} data-testid="invite-uses" onChange={(event) => setUses(Number(event.currentTarget.value))}>
            {USES.map((count) => (
              <option key={count} value={count}>
                {count === 1 ? '1 person' : `${count} people`}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="primary" data-testid="create-invite" onClick={() => void create()}>
          New invite
        </button>
      </div>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines" aria-label="Invites" aria-busy={list === undefined}>
        {list?.map((invite) => (
          <li key={invite.id} data-testid="open-invite">
            <span>
              <b>
                {invite.used} of {invite.max_uses} used
              </b>
              <small>
                by {invite.created_by.name} · until {whenText(invite.expires_at).replace(/^(at|on) /, '')}
              </small>
            </span>
            <button type="button" class="secondary" data-testid="revoke-invite" onClick={() => void revoke(invite.id)}>
              Revoke
            </button>
          </li>
        ))}
      </ul>
      {list?.length === 0 && <p class="quiet">No invite works at the moment.</p>}
    </>
  );
}
