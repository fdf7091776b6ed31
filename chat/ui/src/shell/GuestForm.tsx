import { useEffect, useRef, useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { graphemes } from '../text/graphemes';

/** Asks for a name, which is all that a guest needs. */
export function GuestForm({ name: known }: { name: string }) {
  const { session, limits } = useStore();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(known);
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
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label for="name">{lateTexts.signIn.name}</label>
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
          {lateTexts.signIn.nameHelp}
        </p>
      ) : (
        <p id="name-problem" class="help problem" role="alert" data-testid="name-problem">
          {problem}
        </p>
      )}
      <button type="submit" class="primary" disabled={busy} data-testid="join">
        {busy ? lateTexts.signIn.joining : lateTexts.signIn.join}
      </button>
    </form>
  );
}

function check(name: string, most: number): string {
  if (name === '') return lateTexts.signIn.nameMissing;
  return graphemes(name.normalize('NFKC')).length > most ? lateTexts.signIn.nameTooLong(most) : '';
}
