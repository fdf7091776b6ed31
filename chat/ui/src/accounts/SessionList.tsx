import { useEffect, useState } from 'preact/hooks';
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
    <section class="account-part" aria-label="Devices" data-testid="sessions">
      <h3>Devices</h3>
      {failed && <p>The list could not be loaded.</p>}
      <ul aria-busy={sessions === undefined}>
        {sessions?.map((each) => (
          <li key={each.id} class="session-line" data-testid="session">
            <span>
              <b>{each.label || 'A browser'}</b>
              <small>
                {each.current ? 'This device' : `Last seen ${whenText(each.used_at)}`}
                {each.address && ` · ${each.address}`}
              </small>
            </span>
            {!each.current && (
              <button type="button" class="secondary" aria-label={`Sign out ${each.label || 'a browser'}`} data-testid="revoke" onClick={() => void revoke(each.id)}>
                Sign out
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
