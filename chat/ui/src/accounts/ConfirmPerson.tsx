import { useEffect, useRef, useState } from 'preact/hooks';
import { lateTexts, texts } from '../language/language';
import { useStore } from '../store/context';
import { confirmByPasskey, hasPasskeys } from './passkeys';
import { PasswordField } from './PasswordField';
import { confirmByPassword, goToProvider, type Methods, type Problem, type Ways } from './sign-in-api';
import { useSaving } from './use-saving';

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
      aria-label={lateTexts.signIns.confirmTitle}
      data-testid="confirm-person"
      onSubmit={(event) => {
        event.preventDefault();
        run(() => confirmByPassword(password));
      }}
    >
      <h3>{lateTexts.signIns.confirmTitle}</h3>
      <p>{lateTexts.signIns.confirmWhy}</p>
      {ways.password && methods.password && (
        <PasswordField label={lateTexts.signIns.yourPassword} value={password} onInput={setPassword} testId="confirm-password" />
      )}
      <p class="problem" role="alert" data-testid="confirm-problem">
        {problem}
      </p>
      <div class="dialog-buttons">
        <button type="button" class="secondary" onClick={onCancel}>
          {texts.common.cancel}
        </button>
        {ways.openid && methods.identities.length > 0 && (
          <button type="button" class="secondary" disabled={busy} data-testid="confirm-openid" onClick={() => run(() => goToProvider('confirm', preferences.deviceId))}>
            {lateTexts.signIns.useProvider(ways.openid.label)}
          </button>
        )}
        {ways.passkeys && hasPasskeys() && methods.passkeys.length > 0 && (
          <button type="button" class="secondary" disabled={busy} data-testid="confirm-passkey" onClick={() => run(confirmByPasskey)}>
            {lateTexts.signIns.usePasskey}
          </button>
        )}
        {ways.password && methods.password && (
          <button type="submit" class="primary" disabled={busy || password === ''} data-testid="confirm-submit">
            {lateTexts.signIns.confirm}
          </button>
        )}
      </div>
    </form>
  );
}
