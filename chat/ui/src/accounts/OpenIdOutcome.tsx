import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { type Outcome, readOutcome, signUpUnder } from './sign-in-api';
import { useSaving } from './use-saving';

/** The outcome of the visit to the provider above the children: a problem, success, or the question for a name. */
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
          {outcome.done === 'linked' ? lateTexts.signIns.linked : lateTexts.signIns.confirmed}
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
      aria-label={lateTexts.signIns.chooseName}
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
      <h2>{lateTexts.signIns.chooseName}</h2>
      <div class="labelled">
        <label for="openid-name">{lateTexts.signIn.name}</label>
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
        {lateTexts.signIns.makeAccount}
      </button>
    </form>
  );
}
