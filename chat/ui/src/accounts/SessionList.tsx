import { useEffect, useState } from 'preact/hooks';
import { lateTexts, texts } from '../language/language';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { ownSessions, revokeSession, type SessionInfo } from './account-api';

/** The devices that are signed in, each with a button that signs it out. */
export function SessionList() {
  const { toast, session } = useStore();
  const [sessions, setSessions] = useState<readonly SessionInfo[] | undefined>(undefined);
  const [failed, setFailed] = useState(false);
  const load = () =>
    ownSessions().then((list) => {
      setSessions(list ?? []);
      setFailed(list === undefined);
    });
  useEffect(() => void load(), [session.me.value]);
  const revoke = async (id: string) => {
    toast.show(await revokeSession(id));
    await load();
  };
  return (
    <section class="account-part" aria-label={lateTexts.accounts.devices} data-testid="sessions">
      <h3>{lateTexts.accounts.devices}</h3>
      {failed && <p>{lateTexts.accounts.devicesFailed}</p>}
      <ul aria-busy={sessions === undefined}>
        {sessions?.map((each) => (
          <li key={each.id} class="session-line" data-testid="session">
            <span>
              <b>{each.label || lateTexts.accounts.device}</b>
              <small>
                {each.current ? lateTexts.accounts.thisDevice : lateTexts.accounts.lastSeen(whenText(each.used_at))}
                {each.address && ` · ${each.address}`}
              </small>
            </span>
            {!each.current && (
              <button type="button" class="secondary" aria-label={lateTexts.accounts.signOutDevice(each.label || lateTexts.accounts.aBrowser)} data-testid="revoke" onClick={() => void revoke(each.id)}>
                {texts.sidebar.signOut}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
