import { useId, useState } from 'preact/hooks';
import { lateTexts, texts } from '../language/language';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** A password that is to be new. */
  readonly fresh?: boolean;
  readonly testId: string;
}

export const SHORTEST_PASSWORD = 10;

/** A password, hidden until the person wants to see it. */
export function PasswordField({ label, value, onInput, fresh = false, testId }: Props) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const shared = {
    id,
    autocomplete: fresh ? 'new-password' : 'current-password',
    autocapitalize: 'none',
    spellcheck: false,
    value,
    'aria-describedby': fresh ? `${id}-help` : undefined,
    'data-testid': testId,
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  } as const;
  return (
    <div class="labelled password">
      <label for={id}>{label}</label>
      <span class="password-row">
        {shown ? <input type="text" {...shared} /> : <input type="password" {...shared} />}
        <button type="button" class="plain" aria-pressed={shown} aria-label={lateTexts.accounts.showPassword} onClick={() => setShown(!shown)}>
          {shown ? texts.common.hide : texts.common.show}
        </button>
      </span>
      {fresh && (
        <small id={`${id}-help`}>{lateTexts.accounts.passwordHelp(SHORTEST_PASSWORD)}</small>
      )}
    </div>
  );
}
