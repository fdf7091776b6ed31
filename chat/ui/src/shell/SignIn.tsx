import { useState } from 'preact/hooks';
import { deferred } from '../design/Deferred';
import { Logo } from '../design/Logo';
import type { SessionEnd } from '../net/contract';
import { useStore } from '../store/context';
import { GuestForm } from './GuestForm';
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
                Use a password
              </button>
            </p>
            <GuestWays />
          </>
        )}
      </div>
    </main>
  );
}

function words(again: string | undefined, end: SessionEnd | undefined, entry: string | undefined, guest: boolean): [string, string] {
  if (again !== undefined) {
    const reason = end?.detail ? ` Reason: ${end.detail}` : '';
    if (end?.reason === 'kicked') return ['You were signed out', `A moderator signed you out of this place.${reason}`];
    if (end?.reason === 'banned') return ['You are banned', `A moderator banned you from this place.${reason}`];
    if (end?.reason === 'revoked') return ['You were signed out', 'You signed this device out from another one. Your draft is still here.'];
    return ['Your session has ended', `${guest ? 'Join' : 'Sign in'} again to go on. Your draft is still here.`];
  }
  if (entry === 'setup') return ['Set up this place', 'Make the account of the owner.'];
  if (entry === 'invite') return ['Natter', 'Make an account to join.'];
  return ['Natter', guest ? 'A chat of your own. Enter your name and start talking.' : 'A chat of your own. Sign in to go on.'];
}
