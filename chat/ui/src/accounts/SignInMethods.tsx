import { useState } from 'preact/hooks';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { ConfirmPerson } from './ConfirmPerson';
import { addPasskey, hasPasskeys } from './passkeys';
import { goToProvider, type Method, type Methods, type Problem, removePasskey, unlink, type Ways } from './sign-in-api';
import { useSaving } from './use-saving';

const PASSKEYS = 'Passkeys';
const ABOUT = 'A passkey signs you in with your fingerprint, your face or the PIN of your device. There is nothing to remember.';
const NEED_HTTPS = 'Passkeys need https. Open the chat at its https address to add one.';
const NEW_NAME = 'Name of a new passkey';
const EXAMPLE = 'My phone';
const ADD = 'Add a passkey';
const REMOVE = 'Remove';
const UNLINK = 'Unlink';
const NEVER = 'not used yet';
const NOT_LOADED = 'The list could not be loaded.';
const linkTo = (label: string) => `Link ${label}`;
const made = ({ created_at, used_at }: Method) =>
  `Added ${whenText(created_at)} · ${used_at === undefined ? NEVER : `last used ${whenText(used_at)}`}`;

interface Props {
  readonly ways: Ways;
  /** Undefined when they could not be loaded. */
  readonly methods: Methods | undefined;
  readonly reload: () => Promise<unknown>;
}

type Work = () => Promise<Problem | undefined>;

/** The person's passkeys and linked identities, to add and to remove. */
export function SignInMethods({ ways, methods, reload }: Props) {
  const { preferences } = useStore();
  const [name, setName] = useState('');
  const [waiting, setWaiting] = useState<Work | undefined>(undefined);
  const { problem, busy, save } = useSaving();
  const run = (work: Work) =>
    void save(async () => {
      const refusal = await work();
      if (refusal?.confirm) {
        setWaiting(() => work);
        return undefined;
      }
      if (!refusal) await reload();
      return refusal?.message;
    });
  const add: Work = async () => {
    const refusal = await addPasskey(name);
    if (!refusal) setName('');
    return refusal;
  };
  if (!methods) return <p class="account-part">{NOT_LOADED}</p>;
  const { openid } = ways;
  const passkeys = ways.passkeys && hasPasskeys();
  return (
    <>
      {ways.password && (
        <section class="account-part" aria-label={PASSKEYS} data-testid="passkeys">
          <h3>{PASSKEYS}</h3>
          <p>{ABOUT}</p>
          <MethodList list={methods.passkeys} action={REMOVE} testId="passkey-line" busy={busy} onRemove={(id) => run(() => removePasskey(id))} />
          {passkeys ? (
            <form
              class="add-method"
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                run(add);
              }}
            >
              <label class="labelled">
                <span>{NEW_NAME}</span>
                <input type="text" dir="auto" autocomplete="off" maxLength={64} placeholder={EXAMPLE} value={name} data-testid="passkey-name" onInput={(event) => setName(event.currentTarget.value)} />
              </label>
              <button type="submit" class="secondary" disabled={busy} data-testid="add-passkey">
                {ADD}
              </button>
            </form>
          ) : (
            <p data-testid="no-passkeys">{NEED_HTTPS}</p>
          )}
        </section>
      )}
      {openid && (
        <section class="account-part" aria-label={openid.label} data-testid="identities">
          <h3>{openid.label}</h3>
          <MethodList list={methods.identities} action={UNLINK} testId="identity-line" busy={busy} onRemove={(id) => run(() => unlink(id))} />
          <div class="dialog-buttons">
            <button type="button" class="secondary" disabled={busy} data-testid="link-openid" onClick={() => run(() => goToProvider('link', preferences.deviceId))}>
              {linkTo(openid.label)}
            </button>
          </div>
        </section>
      )}
      <p class="problem" role="alert" data-testid="methods-problem">
        {problem}
      </p>
      {waiting && (
        <ConfirmPerson
          methods={methods}
          ways={ways}
          onCancel={() => setWaiting(undefined)}
          onDone={() => {
            setWaiting(undefined);
            run(waiting);
          }}
        />
      )}
    </>
  );
}

interface ListProps {
  readonly list: readonly Method[];
  readonly action: string;
  readonly testId: string;
  readonly busy: boolean;
  readonly onRemove: (id: string) => void;
}

function MethodList({ list, action, testId, busy, onRemove }: ListProps) {
  return (
    <ul>
      {list.map((each) => (
        <li key={each.id} class="session-line" data-testid={testId}>
          <span>
            <b dir="auto">{each.name}</b>
            <small>{made(each)}</small>
          </span>
          <button type="button" class="secondary" disabled={busy} aria-label={`${action} ${each.name}`} data-testid={`remove-${testId}`} onClick={() => onRemove(each.id)}>
            {action}
          </button>
        </li>
      ))}
    </ul>
  );
}
