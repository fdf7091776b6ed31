import { useState } from 'preact/hooks';
import { lateTexts } from '../language/language';
import { useStore } from '../store/context';
import { whenText } from '../time/when-text';
import { ConfirmPerson } from './ConfirmPerson';
import { addPasskey, hasPasskeys } from './passkeys';
import { goToProvider, type Method, type Methods, type Problem, removePasskey, unlink, type Ways } from './sign-in-api';
import { useSaving } from './use-saving';

const made = ({ created_at, used_at }: Method) =>
  `${lateTexts.signIns.added(whenText(created_at))} · ${used_at === undefined ? lateTexts.signIns.unused : lateTexts.signIns.lastUsed(whenText(used_at))}`;

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
  if (!methods) return <p class="account-part">{lateTexts.accounts.devicesFailed}</p>;
  const { openid } = ways;
  const passkeys = ways.passkeys && hasPasskeys();
  return (
    <>
      {ways.password && (
        <section class="account-part" aria-label={lateTexts.signIns.passkeys} data-testid="passkeys">
          <h3>{lateTexts.signIns.passkeys}</h3>
          <p>{lateTexts.signIns.passkeyLead}</p>
          <MethodList list={methods.passkeys} action={lateTexts.signIns.remove} named={lateTexts.signIns.removeNamed} testId="passkey-line" busy={busy} onRemove={(id) => run(() => removePasskey(id))} />
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
                <span>{lateTexts.signIns.passkeyName}</span>
                <input type="text" dir="auto" autocomplete="off" maxLength={64} placeholder={lateTexts.signIns.passkeyExample} value={name} data-testid="passkey-name" onInput={(event) => setName(event.currentTarget.value)} />
              </label>
              <button type="submit" class="secondary" disabled={busy} data-testid="add-passkey">
                {lateTexts.signIns.addPasskey}
              </button>
            </form>
          ) : (
            <p data-testid="no-passkeys">{lateTexts.signIns.needHttps}</p>
          )}
        </section>
      )}
      {openid && (
        <section class="account-part" aria-label={openid.label} data-testid="identities">
          <h3>{openid.label}</h3>
          <MethodList list={methods.identities} action={lateTexts.signIns.unlink} named={lateTexts.signIns.unlinkNamed} testId="identity-line" busy={busy} onRemove={(id) => run(() => unlink(id))} />
          <div class="dialog-buttons">
            <button type="button" class="secondary" disabled={busy} data-testid="link-openid" onClick={() => run(() => goToProvider('link', preferences.deviceId))}>
              {lateTexts.signIns.link(openid.label)}
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
  /** The action with the name of its object. */
  readonly named: (name: string) => string;
  readonly testId: string;
  readonly busy: boolean;
  readonly onRemove: (id: string) => void;
}

function MethodList({ list, action, named, testId, busy, onRemove }: ListProps) {
  return (
    <ul>
      {list.map((each) => (
        <li key={each.id} class="session-line" data-testid={testId}>
          <span>
            <b dir="auto">{each.name}</b>
            <small>{made(each)}</small>
          </span>
          <button type="button" class="secondary" disabled={busy} aria-label={named(each.name)} data-testid={`remove-${testId}`} onClick={() => onRemove(each.id)}>
            {action}
          </button>
        </li>
      ))}
    </ul>
  );
}
