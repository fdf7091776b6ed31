import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { useStore } from '../store/context';
import { becomeOwner, changePassword, signUp } from './account-api';
import { ClaimWays } from './ClaimWays';
import { OpenIdOutcome } from './OpenIdOutcome';
import { PasswordField } from './PasswordField';
import { SessionList } from './SessionList';
import { SignInMethods } from './SignInMethods';
import type { Ways } from './sign-in-api';
import { useMethods } from './use-methods';
import { useSaving } from './use-saving';
import { useWays } from './use-ways';
import './accounts.css';

/** The person's own profile, password and sessions. */
export function AccountDialog() {
  const store = useStore();
  const { dialogs, standing } = store;
  const entry = store.entry.value;
  const account = standing.you.value?.account === true;
  const ways = useWays();
  const own = useMethods(account);
  const close = () => {
    store.entry.value = undefined;
    dialogs.close();
  };
  return (
    <Dialog title={account ? 'Your account' : 'Profile and password'} onClose={close} testId="account-dialog">
      {entry?.kind === 'setup' && account && <Own token={entry.token} />}
      {entry?.kind === 'openid' && <OpenIdOutcome token={entry.token} />}
      {!account && <Claim ways={ways} />}
      <ProfileForm />
      {account && ways?.password && own.loaded && <NewPassword first={own.methods?.password === false} reload={own.reload} />}
      {account && ways && own.loaded && <SignInMethods ways={ways} methods={own.methods} reload={own.reload} />}
      <SessionList />
    </Dialog>
  );
}

/** A person with an account opened the set-up link. */
function Own({ token }: { token: string }) {
  const store = useStore();
  const { problem, saved, busy, save } = useSaving();
  return (
    <section class="account-part" aria-label="Set up">
      <h3>Own this place</h3>
      <p>The owner decides on who may join, and gives roles to others.</p>
      <div class="dialog-buttons">
        <span class="saved">{saved ? 'This place is yours.' : problem}</span>
        <button
          type="button"
          class="primary"
          disabled={busy || saved}
          data-testid="own"
          onClick={() =>
            void save(async () => {
              const refused = await becomeOwner(token);
              if (refused === undefined) store.entry.value = undefined;
              return refused;
            })
          }
        >
          Become the owner
        </button>
      </div>
    </section>
  );
}

/** A guest sets a password, or takes another way to sign in, and so keeps the name and everything said. */
function Claim({ ways }: { ways: Ways | undefined }) {
  const store = useStore();
  const { session, preferences } = store;
  const entry = store.entry.value;
  const [password, setPassword] = useState('');
  const { problem, busy, save } = useSaving();
  const owner = entry?.kind === 'setup';
  return (
    <form
      class="account-part"
      noValidate
      aria-label="Set a password"
      onSubmit={(event) => {
        event.preventDefault();
        void save(async () => {
          const refusal = await session.authenticate(() =>
            signUp({
              password,
              device: preferences.deviceId,
              ...(entry && entry.kind !== 'openid' && { [entry.kind]: entry.token }),
            }),
          );
          if (!refusal) {
            store.entry.value = undefined;
            store.toast.show(owner ? 'This place is yours' : 'Your account is ready');
          }
          return refusal?.message;
        });
      }}
    >
      <h3>{owner ? 'Own this place' : 'Keep this name'}</h3>
      <p>
        {owner
          ? 'Set a password. The owner decides on who may join, and gives roles to others.'
          : 'You are a guest. With a password the name and everything you wrote stay yours, on every device.'}
      </p>
      {ways?.password !== false && (
        <>
          <PasswordField label="New password" value={password} onInput={setPassword} fresh testId="claim-password" />
          <p class="problem" role="alert" data-testid="claim-problem">
            {problem}
          </p>
          <div class="dialog-buttons">
            <button type="submit" class="primary" disabled={busy || password === ''} data-testid="claim">
              {owner ? 'Become the owner' : 'Set the password'}
            </button>
          </div>
        </>
      )}
      {ways && <ClaimWays ways={ways} entry={entry} />}
    </form>
  );
}

function ProfileForm() {
  const { session, standing, server, connection, limits } = useStore();
  const you = standing.you.value;
  const [name, setName] = useState(session.me.peek()?.name ?? '');
  const [status, setStatus] = useState(you?.status ?? '');
  const { problem, saved, busy, save } = useSaving();
  const changed = name.trim() !== (session.me.value?.name ?? '') || status.trim() !== (you?.status ?? '');
  return (
    <form
      class="account-part"
      noValidate
      aria-label="Profile"
      onSubmit={(event) => {
        event.preventDefault();
        void save(async () => {
          const answer = await server.ask('me.set', { name: name.trim(), status: status.trim() });
          return answer.ok === true ? undefined : answer.err.message;
        });
      }}
    >
      <h3>Profile</h3>
      <label class="labelled">
        <span>Name</span>
        <input
          type="text"
          dir="auto"
          autocomplete="nickname"
          maxLength={limits.value.name * 4}
          value={name}
          data-testid="profile-name"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="labelled">
        <span>Status</span>
        <input
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={320}
          placeholder="In the garden until noon"
          value={status}
          data-testid="profile-status"
          onInput={(event) => setStatus(event.currentTarget.value)}
        />
      </label>
      <p class="problem" role="alert" data-testid="profile-problem">
        {problem}
      </p>
      <div class="dialog-buttons">
        <span class="saved" role="status">
          {saved && !changed ? 'Saved' : ''}
        </span>
        <button type="submit" class="secondary" disabled={busy || !changed || name.trim() === '' || !connection.online.value} data-testid="save-profile">
          Save
        </button>
      </div>
    </form>
  );
}

/** `first`: the account has no password yet. */
function NewPassword({ first, reload }: { first: boolean; reload: () => Promise<unknown> }) {
  const { session, preferences } = useStore();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const { problem, saved, busy, save } = useSaving();
  return (
    <form
      class="account-part"
      noValidate
      aria-label={first ? 'Set a password' : 'Change the password'}
      onSubmit={(event) => {
        event.preventDefault();
        void save(async () => {
          const refusal = await session.authenticate(() => changePassword(first ? undefined : old, password, preferences.deviceId));
          if (!refusal) {
            void reload();
            setOld('');
            setPassword('');
          }
          return refusal?.message;
        });
      }}
    >
      <h3>{first ? 'Set a password' : 'Change the password'}</h3>
      {!first && <PasswordField label="Present password" value={old} onInput={setOld} testId="old-password" />}
      <PasswordField label="New password" value={password} onInput={setPassword} fresh testId="new-password" />
      <p class="problem" role="alert" data-testid="password-problem">
        {problem}
      </p>
      <div class="dialog-buttons">
        <span class="saved" role="status">
          {saved ? 'Changed. All other devices are signed out.' : ''}
        </span>
        <button type="submit" class="secondary" disabled={busy || (!first && old === '') || password === ''} data-testid="change-password">
          {first ? 'Set the password' : 'Change'}
        </button>
      </div>
    </form>
  );
}
