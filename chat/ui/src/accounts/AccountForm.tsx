import { useEffect, useRef, useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { withParts } from '../language/with-parts';
import type { EntryLink } from '../net/entry-link';
import { useStore } from '../store/context';
import { logIn, readInvite, signUp } from './account-api';
import { OpenIdOutcome } from './OpenIdOutcome';
import { PasswordField } from './PasswordField';
import { SignInWays } from './SignInWays';
import { useWays } from './use-ways';
import '../design/dialogs.css';
import './accounts.css';

export type AccountMode = 'sign-in' | 'sign-up';

interface Props {
  readonly start: AccountMode;
  readonly name: string;
  readonly entry: EntryLink | undefined;
  /** Goes back to the form for guests, where guests may join. */
  readonly onGuest?: (() => void) | undefined;
}

/** Signs in or up with a password, or in another way. */
export function AccountForm({ start, name: known, entry, onGuest }: Props) {
  const store = useStore();
  const { session, preferences } = store;
  const first = useRef<HTMLInputElement>(null);
  const [mode, setMode] = useState(entry?.kind === 'openid' ? 'sign-in' : start);
  const ways = useWays();
  const [name, setName] = useState(known);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [from, setFrom] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const fresh = mode === 'sign-up';
  const setup = entry?.kind === 'setup' ? entry.token : undefined;
  const invite = entry?.kind === 'invite' ? entry.token : undefined;
  const closed = session.place.value?.policy === 'invite' && entry === undefined;

  useEffect(() => first.current?.focus(), [mode, ways]);
  useEffect(() => {
    if (invite === undefined) return;
    void readInvite(invite).then((offer) => ('from' in offer ? setFrom(offer.from) : setProblem(offer.err.message)));
  }, [invite]);

  const submit = async () => {
    if (busy) return;
    if (name.trim() === '' || password === '') {
      setProblem(lateTexts.accounts.fieldsMissing);
      return;
    }
    setBusy(true);
    setProblem('');
    const device = preferences.deviceId;
    const refusal = await session.authenticate(() =>
      fresh
        ? signUp({ name: name.trim(), password, device, ...(invite && { invite }), ...(setup && { setup }) })
        : logIn(name.trim(), password, device),
    );
    setBusy(false);
    if (refusal) setProblem(refusal.message);
    else store.entry.value = undefined;
  };

  const action = setup ? lateTexts.accounts.setUp : fresh ? lateTexts.accounts.signUp : lateTexts.accounts.signIn;
  if (!ways) return null;
  const form = (
    <form
      class="account-form"
      noValidate
      data-testid="account-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {from !== undefined && fresh && (
        <p class="offer" data-testid="offer">
          {withParts(lateTexts.accounts.invites, { name: <bdi>{from}</bdi> })}
        </p>
      )}
      {ways.password && (
        <>
          <div class="labelled">
            <label for="account-name">{lateTexts.signIn.name}</label>
            <input
              ref={first}
              id="account-name"
              type="text"
              dir="auto"
              autocomplete={fresh ? 'username' : 'username webauthn'}
              autocapitalize="words"
              spellcheck={false}
              value={name}
              data-testid="account-name"
              onInput={(event) => setName(event.currentTarget.value)}
            />
          </div>
          <PasswordField label={lateTexts.accounts.password} value={password} onInput={setPassword} fresh={fresh} testId="password" />
          <p class="problem" role="alert" data-testid="account-problem">
            {problem}
          </p>
          <button type="submit" class="primary" disabled={busy} data-testid="account-submit">
            {busy ? lateTexts.accounts.oneMoment : action}
          </button>
        </>
      )}
      <SignInWays ways={ways} entry={entry} fresh={fresh} name={name} />
      {setup === undefined && ways.password && (
        <div class="account-links">
          {fresh ? (
            <button type="button" class="link" data-testid="to-sign-in" onClick={() => setMode('sign-in')}>
              {lateTexts.accounts.haveAccount}
            </button>
          ) : closed ? (
            <small>{lateTexts.accounts.inviteNeeded}</small>
          ) : (
            <button type="button" class="link" data-testid="to-sign-up" onClick={() => setMode('sign-up')}>
              {lateTexts.accounts.makeAccount}
            </button>
          )}
          {onGuest && (
            <button type="button" class="link" data-testid="to-guest" onClick={onGuest}>
              {lateTexts.accounts.joinWithout}
            </button>
          )}
        </div>
      )}
    </form>
  );
  return entry?.kind === 'openid' ? <OpenIdOutcome token={entry.token}>{form}</OpenIdOutcome> : form;
}
