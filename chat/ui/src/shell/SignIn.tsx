import { useEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../store/context';
import { graphemes } from '../text/graphemes';
import { Logo } from '../design/Logo';
import './signin.css';

/** Asks for a name. `again`: the name of a session that ended while the page was open; the page stays behind. */
export function SignIn({ again }: { again?: string }) {
  const { session, preferences, limits } = useStore();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(again ?? preferences.lastName);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const submit = async () => {
    const wanted = name.trim();
    const wrong = check(wanted, limits.value.name);
    if (wrong || busy) {
      setProblem(wrong);
      field.current?.focus();
      return;
    }
    setBusy(true);
    setProblem('');
    const refusal = await session.join(wanted);
    setBusy(false);
    if (refusal) {
      setProblem(refusal.message);
      field.current?.focus();
    }
  };

  return (
    <main class={again === undefined ? 'signin' : 'signin over'} data-testid="sign-in">
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="brand">
          <Logo size={64} />
          <h1>{again === undefined ? 'Natter' : 'Your session has ended'}</h1>
        </div>
        <p class="lead">
          {again === undefined
            ? 'A chat of your own. Enter your name and start talking.'
            : 'Join again to go on. Your draft is still here.'}
        </p>
        <label for="name">Your name</label>
        <input
          ref={field}
          id="name"
          type="text"
          dir="auto"
          autocomplete="nickname"
          autocapitalize="words"
          spellcheck={false}
          enterkeyhint="go"
          value={name}
          aria-invalid={problem !== ''}
          aria-describedby={problem === '' ? 'name-help' : 'name-problem'}
          data-testid="name-input"
          onInput={(event) => {
            setName(event.currentTarget.value);
            setProblem('');
          }}
        />
        {problem === '' ? (
          <p id="name-help" class="help">
            Everyone here will see it.
          </p>
        ) : (
          <p id="name-problem" class="help problem" role="alert" data-testid="name-problem">
            {problem}
          </p>
        )}
        <button type="submit" class="primary" disabled={busy} data-testid="join">
          {busy ? 'Joining…' : 'Join'}
        </button>
      </form>
    </main>
  );
}

function check(name: string, most: number): string {
  if (name === '') return 'Please enter a name.';
  return graphemes(name.normalize('NFKC')).length > most ? `Please choose a shorter name, at most ${most} characters.` : '';
}
