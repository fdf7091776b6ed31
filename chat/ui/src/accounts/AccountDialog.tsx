import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { lateTexts, texts } from '../language/language';
import { useStore } from '../store/context';
import { becomeOwner, changePassword, signUp } from './account-api';
import { ClaimWays } from './ClaimWays';
import { LanguagePart } from './LanguageChoice';
import { OpenIdOutcome } from './OpenIdOutcome';
import { PasswordField } from './PasswordField';
import { PicturePart } from './PicturePart';
import { SessionList } from './SessionList';
import { SignInMethods } from './SignInMethods';
import type { Ways } from './sign-in-api';
import { useMethods } from './use-methods';
import { useSaving } from './use-saving';
import { useWays } from './use-ways';
import './accounts.css';

/** The person's own profile, picture, password and sessions. */
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
    <Dialog title={account ? texts.sidebar.account : texts.sidebar.profile} onClose={close} testId="account-dialog">
      {entry?.kind === 'setup' && account && <Own token={entry.token} />}
      {entry?.kind === 'openid' && <OpenIdOutcome token={entry.token} />}
      {!account && <Claim ways={ways} />}
      <PicturePart />
      <ProfileForm />
      {account && ways?.password && own.loaded && <NewPassword first={own.methods?.password === false} reload={own.reload} />}
      {account && ways && own.loaded && <SignInMethods ways={ways} methods={own.methods} reload={own.reload} />}
      <LanguagePart />
      <SessionList />
    </Dialog>
  );
}

/** A person with an account opened the set-up link. */
function Own({ token }: { token: string }) {
  const store = useStore();
  const { problem, saved, busy, save } = useSaving();
  return (
    <section class="account-part" aria-label={lateTexts.accounts.setUp}>
      <h3>{lateTexts.accounts.own}</h3>
      <p>{lateTexts.accounts.ownLead}</p>
      <div class="dialog-buttons">
        <span class="saved">{saved ? lateTexts.accounts.owned : problem}</span>
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
          {lateTexts.accounts.becomeOwner}
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
      aria-label={lateTexts.accounts.setPassword}
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
            store.toast.show(owner ? lateTexts.accounts.owned : lateTexts.accounts.ready);
          }
          return refusal?.message;
        });
      }}
    >
      <h3>{owner ? lateTexts.accounts.own : lateTexts.accounts.keepName}</h3>
      <p>{owner ? lateTexts.accounts.ownLeadPassword : lateTexts.accounts.keepNameLead}</p>
      {ways?.password !== false && (
        <>
          <PasswordField label={lateTexts.accounts.newPassword} value={password} onInput={setPassword} fresh testId="claim-password" />
          <p class="problem" role="alert" data-testid="claim-problem">
            {problem}
          </p>
          <div class="dialog-buttons">
            <button type="submit" class="primary" disabled={busy || password === ''} data-testid="claim">
              {owner ? lateTexts.accounts.becomeOwner : lateTexts.accounts.setThePassword}
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
  const [zone, setZone] = useState(you?.zone ?? '');
  const here = you?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const changed =
    name.trim() !== (session.me.value?.name ?? '') || status.trim() !== (you?.status ?? '') || zone !== (you?.zone ?? '');
  return (
    <form
      class="account-part"
      noValidate
      aria-label={lateTexts.accounts.profile}
      onSubmit={(event) => {
        event.preventDefault();
        void save(async () => {
          const answer = await server.ask('me.set', { name: name.trim(), status: status.trim(), zone });
          return answer.ok === true ? undefined : answer.err.message;
        });
      }}
    >
      <h3>{lateTexts.accounts.profile}</h3>
      <label class="labelled">
        <span>{lateTexts.accounts.name}</span>
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
        <span>{lateTexts.accounts.status}</span>
        <input
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={320}
          placeholder={lateTexts.accounts.statusExample}
          value={status}
          data-testid="profile-status"
          onInput={(event) => setStatus(event.currentTarget.value)}
        />
      </label>
      <label class="zone-choice">
        <input
          type="checkbox"
          checked={zone !== ''}
          data-testid="profile-zone"
          onChange={(event) => setZone(event.currentTarget.checked ? here : '')}
        />
        <span>{lateTexts.signIns.showZone(here.replaceAll('_', ' '))}</span>
      </label>
      <p class="problem" role="alert" data-testid="profile-problem">
        {problem}
      </p>
      <div class="dialog-buttons">
        <span class="saved" role="status">
          {saved && !changed ? lateTexts.accounts.saved : ''}
        </span>
        <button type="submit" class="secondary" disabled={busy || !changed || name.trim() === '' || !connection.online.value} data-testid="save-profile">
          {texts.common.save}
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
      aria-label={first ? lateTexts.accounts.setAPassword : lateTexts.accounts.changePassword}
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
      <h3>{first ? lateTexts.accounts.setAPassword : lateTexts.accounts.changePassword}</h3>
      {!first && <PasswordField label={lateTexts.accounts.presentPassword} value={old} onInput={setOld} testId="old-password" />}
      <PasswordField label={lateTexts.accounts.newPassword} value={password} onInput={setPassword} fresh testId="new-password" />
      <p class="problem" role="alert" data-testid="password-problem">
        {problem}
      </p>
      <div class="dialog-buttons">
        <span class="saved" role="status">
          {saved ? lateTexts.accounts.changed : ''}
        </span>
        <button type="submit" class="secondary" disabled={busy || (!first && old === '') || password === ''} data-testid="change-password">
          {first ? lateTexts.accounts.setThePassword : lateTexts.accounts.change}
        </button>
      </div>
    </form>
  );
}
