import { useEffect, useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import type { EntryLink } from '../net/entry-link';
import { useStore } from '../store/context';
import { hasPasskeys, signInByAutofill, signInByPasskey, signUpByPasskey } from './passkeys';
import { goToProvider, type Ways } from './sign-in-api';
import { useWays } from './use-ways';
import './accounts.css';

/** The server forgets a challenge after five minutes. */
const AUTOFILL_MS = 4 * 60_000;

interface Props {
  readonly ways: Ways;
  readonly entry: EntryLink | undefined;
  /** A new account is made. */
  readonly fresh?: boolean;
  /** The name of the new account. */
  readonly name?: string;
}

/** The ways to sign in below the form for guests. */
export function GuestWays() {
  const ways = useWays();
  return ways ? <SignInWays ways={ways} entry={undefined} /> : null;
}

/** The ways to sign in besides a password. */
export function SignInWays({ ways, entry, fresh = false, name = '' }: Props) {
  const store = useStore();
  const { session, preferences } = store;
  const device = preferences.deviceId;
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [offers, setOffers] = useState(0);
  const links = entry && entry.kind !== 'openid' ? { [entry.kind]: entry.token } : {};
  const passkeys = ways.passkeys && hasPasskeys();

  // A browser has one question for a passkey at a time: the button's goes before.
  useEffect(() => {
    if (!passkeys || fresh || busy) return;
    const stop = new AbortController();
    const again = setTimeout(() => setOffers(offers + 1), AUTOFILL_MS);
    void signInByAutofill(device, stop.signal).then(async (answer) => {
      if (!answer || stop.signal.aborted) return;
      const refusal = await session.authenticate(() => Promise.resolve(answer));
      if (refusal) setProblem(refusal.message);
    });
    return () => {
      clearTimeout(again);
      stop.abort();
    };
  }, [passkeys, fresh, busy, offers]);

  const run = async (work: () => Promise<{ readonly message: string } | undefined>) => {
    setBusy(true);
    setProblem('');
    const refusal = await work();
    setBusy(false);
    if (refusal) setProblem(refusal.message);
    else store.entry.value = undefined;
  };
  const byPasskey = () =>
    run(async () => {
      if (fresh && name.trim() === '') return { message: lateTexts.signIn.nameMissing };
      return session.authenticate(() => (fresh ? signUpByPasskey({ device, ...links }, name.trim()) : signInByPasskey(device)));
    });
  const { openid } = ways;
  if (!passkeys && !openid && !fresh) return null;
  return (
    <div class="other-ways" data-testid="other-ways">
      {ways.password && (
        <p class="or">
          <span>{lateTexts.signIns.or}</span>
        </p>
      )}
      {passkeys && (
        <button type="button" class="secondary" disabled={busy} data-testid="passkey" onClick={() => void byPasskey()}>
          {fresh ? lateTexts.signIns.signUpPasskey : lateTexts.signIns.signInPasskey}
        </button>
      )}
      {openid && (
        <button
          type="button"
          class={ways.password ? 'secondary' : 'primary'}
          disabled={busy}
          data-testid="openid"
          onClick={() => void run(() => goToProvider('sign_in', device, links))}
        >
          {lateTexts.signIns.signInWith(openid.label)}
        </button>
      )}
      {fresh && !passkeys && ways.password && <small data-testid="no-passkeys">{lateTexts.signIns.needHttpsHere}</small>}
      <p class="problem" role="alert" data-testid="ways-problem">
        {problem}
      </p>
    </div>
  );
}
