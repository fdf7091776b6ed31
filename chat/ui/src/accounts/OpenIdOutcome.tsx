import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../store/context';
import { type Outcome, readOutcome, signUpUnder } from './sign-in-api';
import { useSaving } from './use-saving';

const LINKED = 'The link is made. You can sign in with it from now on.';
const CONFIRMED = 'Thank you. You can change your ways to sign in now.';
const CHOOSE = 'Choose your name here';
const NAME = 'Your name';
const CREATE = 'Make the account';

/** What came of the visit to the provider: a problem or that it is done, above the children, or the question for a name. */
export function OpenIdOutcome({ token, children }: { token: string; children?: ComponentChildren }) {
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  useEffect(() => {
    void readOutcome(token).then((read) => {
      setOutcome(read);
      // After a reload only the question for a name still matters.
      if (read.name === undefined) history.replaceState(history.state, '', location.pathname);
    });
  }, [token]);
  if (!outcome) return null;
  if (outcome.name !== undefined) return <NameForm token={token} suggested={outcome.name} reason={outcome.problem ?? ''} />;
  return (
    <>
      {outcome.done ? (
        <p class="offer" role="status" data-testid="openid-done">
          {outcome.done === 'linked' ? LINKED : CONFIRMED}
        </p>
      ) : (
        <p class="offer problem" role="alert" data-testid="openid-problem">
          {outcome.problem}
        </p>
      )}
      {children}
    </>
  );
}

function NameForm({ token, suggested, reason }: { token: string; suggested: string; reason: string }) {
  const store = useStore();
  const [name, setName] = useState(suggested);
  const { problem, busy, save } = useSaving();
  return (
    <form
      class="account-form"
      noValidate
      aria-label={CHOOSE}
      data-testid="openid-name-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save(async () => {
          const refusal = await store.session.authenticate(() => signUpUnder(token, name.trim()));
          if (refusal) return refusal.message;
          store.entry.value = undefined;
          history.replaceState(history.state, '', location.pathname);
          return undefined;
        });
      }}
    >
      <h2>{CHOOSE}</h2>
      <div class="labelled">
        <label for="openid-name">{NAME}</label>
        <input
          id="openid-name"
          type="text"
          dir="auto"
          autocomplete="nickname"
          spellcheck={false}
          value={name}
          data-testid="openid-name"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <p class="problem" role="alert" data-testid="openid-problem">
        {problem ?? reason}
      </p>
      <button type="submit" class="primary" disabled={busy || name.trim() === ''} data-testid="openid-create">
        {CREATE}
      </button>
    </form>
  );
}
