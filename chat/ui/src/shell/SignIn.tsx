import { useState } from 'preact/hooks';
import { LanguageChoice } from '../accounts/LanguageChoice';
import { deferred } from '../design/Deferred';
import { Logo } from '../design/Logo';
import { lateTexts } from '../language/language';
import type { SessionEnd } from '../net/contract';
import { useStore } from '../store/context';
import { GuestForm } from './GuestForm';
import '../design/dialogs.css';
import './signin.css';

const AccountForm = deferred(() => import('../accounts/AccountForm').then((module) => module.AccountForm));
const GuestWays = deferred(() => import('../accounts/SignInWays').then((module) => module.GuestWays));

/** Asks who one is. `again`: the name of a session that ended while the page was open; the page stays behind. */
export function SignIn({ again }: { again?: string }) {
  const { session, preferences, standing, entry: entryLink } = useStore();
  const entry = entryLink.value;
  const place = standing.place.value ?? session.place.value;
  const guests = (place?.policy ?? 'open') === 'open';
  const [account, setAccount] = useState(standing.you.peek()?.account === true);
  const withPassword = account || !guests || entry !== undefined;
  const [title, lead] = words(again, session.end.value, entry?.kind, !withPassword);

  return (
    <main class={again === undefined ? 'signin' : 'signin over'} data-testid="sign-in">
      <div class="card">
        <div class="brand">
          <Logo size={64} />
          <h1>{title}</h1>
        </div>
        <p class="lead" data-testid="lead">
          {lead}
        </p>
        {withPassword ? (
          <AccountForm
            key={entry?.kind}
            start={entry === undefined ? 'sign-in' : 'sign-up'}
            name={again ?? preferences.lastName}
            entry={entry}
            onGuest={
              guests && entry?.kind !== 'setup'
                ? () => {
                    entryLink.value = undefined;
                    setAccount(false);
                  }
                : undefined
            }
          />
        ) : (
          <>
            <GuestForm name={again ?? preferences.lastName} />
            <p class="instead">
              <button type="button" class="link" data-testid="with-password" onClick={() => setAccount(true)}>
                {lateTexts.signIn.usePassword}
              </button>
            </p>
            <GuestWays />
          </>
        )}
        <p class="instead">
          <LanguageChoice />
        </p>
      </div>
    </main>
  );
}

function words(again: string | undefined, end: SessionEnd | undefined, entry: string | undefined, guest: boolean): [string, string] {
  const t = lateTexts.signIn;
  if (again !== undefined) {
    const reason = end?.detail ? ` ${t.reason(end.detail)}` : '';
    if (end?.reason === 'kicked') return [t.signedOut, t.kickedLead + reason];
    if (end?.reason === 'banned') return [t.banned, t.bannedLead + reason];
    if (end?.reason === 'revoked') return [t.signedOut, t.revokedLead];
    return [t.ended, guest ? t.joinAgain : t.signInAgain];
  }
  if (entry === 'setup') return [t.setup, t.setupLead];
  if (entry === 'invite') return ['Natter', t.inviteLead];
  return ['Natter', guest ? t.guestLead : t.lead];
}
