import { useEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../store/context';
import { confirmByPasskey, hasPasskeys } from './passkeys';
import { PasswordField } from './PasswordField';
import { confirmByPassword, goToProvider, type Methods, type Problem, type Ways } from './sign-in-api';
import { useSaving } from './use-saving';

const TITLE = 'Confirm that it is you';
const WHY = 'You signed in a while ago. Confirm once more to change your ways to sign in.';
const PASSWORD = 'Your password';
const CONFIRM = 'Confirm';
const BY_PASSKEY = 'Use a passkey';
const CANCEL = 'Cancel';
const confirmAt = (label: string) => `Use ${label}`;

interface Props {
  readonly methods: Methods;
  readonly ways: Ways;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Asks for one of the person's own ways to sign in. */
export function ConfirmPerson({ methods, ways, onDone, onCancel }: Props) {
  const { preferences } = useStore();
  const form = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState('');
  const { problem, busy, save } = useSaving();
  useEffect(() => {
    form.current?.scrollIntoView({ block: 'center' });
    form.current?.querySelector<HTMLElement>('input, .primary')?.focus();
  }, []);
  const run = (work: () => Promise<Problem | undefined>) =>
    void save(async () => {
      const refusal = await work();
      if (!refusal) onDone();
      return refusal?.message;
    });
  return (
    <form
      ref={form}
      class="account-part confirm-person"
      noValidate
      aria-label={TITLE}
      data-testid="confirm-person"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => confirmByPassword(password));
      }}
    >
      <h3>{TITLE}</h3>
      <p>{WHY}</p>
      {ways.password && methods.password && (
        <PasswordField label={PASSWORD} value={password} onInput={setPassword} testId="confirm-password" />
      )}
      <p class="problem" role="alert" data-testid="confirm-problem">
        {problem}
      </p>
      <div class="dialog-buttons">
        <button type="button" class="secondary" onClick={onCancel}>
          {CANCEL}
        </button>
        {ways.openid && methods.identities.length > 0 && (
          <button type="button" class="secondary" disabled={busy} data-testid="confirm-openid" onClick={() => run(() => goToProvider('confirm', preferences.deviceId))}>
            {confirmAt(ways.openid.label)}
          </button>
        )}
        {ways.passkeys && hasPasskeys() && methods.passkeys.length > 0 && (
          <button type="button" class="secondary" disabled={busy} data-testid="confirm-passkey" onClick={() => run(confirmByPasskey)}>
            {BY_PASSKEY}
          </button>
        )}
        {ways.password && methods.password && (
          <button type="submit" class="primary" disabled={busy || password === ''} data-testid="confirm-submit">
            {CONFIRM}
          </button>
        )}
      </div>
    </form>
  );
}
