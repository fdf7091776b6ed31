import type { EntryLink } from '../net/entry-link';
import { useStore } from '../store/context';
import { hasPasskeys, signUpByPasskey } from './passkeys';
import { goToProvider, type Ways } from './sign-in-api';
import { useSaving } from './use-saving';

const PASSKEY = 'Use a passkey';
const READY = 'Your account is ready';
const useProvider = (label: string) => `Use ${label}`;

/** The ways in which a guest gets an account without a password. */
export function ClaimWays({ ways, entry }: { ways: Ways; entry: EntryLink | undefined }) {
  const store = useStore();
  const { session, preferences } = store;
  const { problem, busy, save } = useSaving();
  const device = preferences.deviceId;
  const links = entry && entry.kind !== 'openid' ? { [entry.kind]: entry.token } : {};
  const { openid } = ways;
  return (
    <>
      <div class="dialog-buttons">
        {ways.passkeys && hasPasskeys() && (
          <button
            type="button"
            class="secondary"
            disabled={busy}
            data-testid="claim-passkey"
            onClick={() =>
              void save(async () => {
                const refusal = await session.authenticate(() => signUpByPasskey({ device, ...links }));
                if (!refusal) {
                  store.entry.value = undefined;
                  store.toast.show(READY);
                }
                return refusal?.message;
              })
            }
          >
            {PASSKEY}
          </button>
        )}
        {openid && (
          <button
            type="button"
            class="secondary"
            disabled={busy}
            data-testid="claim-openid"
            onClick={() => void save(async () => (await goToProvider('keep', device, links))?.message)}
          >
            {useProvider(openid.label)}
          </button>
        )}
      </div>
      <p class="problem" role="alert" data-testid="claim-ways-problem">
        {problem}
      </p>
    </>
  );
}
