import { useState } from 'preact/hooks';
import { lateTexts, texts } from '../language/language';
import type { Invite } from '../net/contract';
import { inviteAddress } from '../net/entry-link';
import { useStore } from '../store/context';
import { request } from '../store/request';
import { durationText, momentText } from '../time/when-text';
import { QrCode } from './QrCode';
import { useList } from './use-list';

const DAY = 86_400_000;
const TIMES = [3_600_000, DAY, 7 * DAY, 30 * DAY];
const USES = [1, 5, 25, 100];

/** Makes invites and lists those that still work. */
export function Invites() {
  const store = useStore();
  const { server, messages } = store;
  const [time, setTime] = useState(7 * DAY);
  const [uses, setUses] = useState(25);
  const [made, setMade] = useState<Invite | undefined>(undefined);
  const { list, problem, reload } = useList<Invite>(async () => {
    const answer = await server.ask('invites', {});
    return answer.ok === true ? answer.invites : answer.err.message;
  });
  const create = async () => {
    const answer = await request(store, 'invite.create', { expires_in_ms: time, uses });
    if (answer) setMade(answer.invite);
    await reload();
  };
  const revoke = async (id: string) => {
    await request(store, 'invite.revoke', { id });
    if (made?.id === id) setMade(undefined);
    await reload();
  };
  const link = made?.token && inviteAddress(location.origin, made.token);
  return (
    <>
      {link && (
        <div class="new-invite" data-testid="new-invite">
          <QrCode text={link} label={lateTexts.place.inviteQr} />
          <div>
            <p>{lateTexts.place.inviteLead}</p>
            <input type="text" readOnly value={link} aria-label={lateTexts.place.inviteLink} data-testid="invite-link" onFocus={(event) => event.currentTarget.select()} />
            <button type="button" class="secondary" onClick={() => void messages.copy(link, texts.common.linkCopied)}>
              {texts.common.copyLink}
            </button>
          </div>
        </div>
      )}
      <div class="invite-form">
        <label class="labelled">
          <span>{lateTexts.place.worksFor}</span>
          <select value={time} data-testid="invite-time" onChange={(event) => setTime(Number(event.currentTarget.value))}>
            {TIMES.map((ms) => (
              <option key={ms} value={ms}>
                {durationText(ms)}
              </option>
            ))}
          </select>
        </label>
        <label class="labelled">
          <span>{lateTexts.place.letsIn}</span>
          <select value={uses} data-testid="invite-uses" onChange={(event) => setUses(Number(event.currentTarget.value))}>
            {USES.map((count) => (
              <option key={count} value={count}>
                {lateTexts.place.people(count)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="primary" data-testid="create-invite" onClick={() => void create()}>
          {lateTexts.place.create}
        </button>
      </div>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <ul class="lines" aria-label={lateTexts.place.invites} aria-busy={list === undefined}>
        {list?.map((invite) => (
          <li key={invite.id} data-testid="open-invite">
            <span>
              <b>{lateTexts.place.inviteUsed(invite.used, invite.max_uses)}</b>
              <small>{lateTexts.place.inviteUntil(invite.created_by.name, momentText(invite.expires_at))}</small>
            </span>
            <button type="button" class="secondary" data-testid="revoke-invite" onClick={() => void revoke(invite.id)}>
              {lateTexts.place.revoke}
            </button>
          </li>
        ))}
      </ul>
      {list?.length === 0 && <p class="quiet">{lateTexts.place.noInvites}</p>}
    </>
  );
}
