import { lateTexts } from '../language/language';
import type { EntryLink } from '../net/entry-link';
import { useStore } from '../store/context';
import { hasPasskeys, signUpByPasskey } from './passkeys';
import { goToProvider, type Ways } from './sign-in-api';
import { useSaving } from './use-saving';

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
                  store.toast.show(lateTexts.accounts.ready);
                }
                return refusal?.message;
              })
            }
          >
            {lateTexts.signIns.usePasskey}
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
            {lateTexts.signIns.useProvider(openid.label)}
          </button>
        )}
      </div>
      <p class="problem" role="alert" data-testid="claim-ways-problem">
        {problem}
      </p>
    </>
  );
}
