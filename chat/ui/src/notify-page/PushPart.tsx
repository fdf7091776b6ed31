import { useEffect, useState } from 'preact/hooks';
import { pushState, type PushTrouble, testPush, turnOff, turnOn } from './push-api';

const WHY: Record<PushTrouble, string> = {
  insecure: 'Browsers take push messages with https only. Ask the administrator for such an address.',
  unsupported: 'This browser takes no push messages. On an iPhone, add Natter to the home screen first.',
  denied: 'The browser blocks notifications of this page. Allow them in the settings of the site, beside its address.',
  refused: 'The push service of this browser did not accept it. Please try again later.',
  offline: 'The server does not answer. Check your connection and try again.',
};

/** Push messages: notifications while no page of Natter is open. */
export function PushPart() {
  const [on, setOn] = useState(false);
  const [busy, setBusy] = useState(true);
  const [trouble, setTrouble] = useState<PushTrouble | undefined>();
  const [result, setResult] = useState('');

  const show = (state: boolean | PushTrouble) => {
    setOn(state === true);
    setTrouble(typeof state === 'string' ? state : undefined);
    setBusy(false);
  };
  useEffect(() => void pushState().then(show), []);

  const change = async (wanted: boolean) => {
    setBusy(true);
    setResult('');
    if (wanted) show((await turnOn()) ?? true);
    else show((await turnOff()) ? false : 'offline');
  };
  const test = async () => {
    setResult('Waiting for the push service…');
    setResult((await testPush()) ? 'On its way. It shows in a few seconds.' : 'The push service did not take it.');
  };

  return (
    <section class="notify-part" aria-label="While Natter is closed">
      <label class="switch-row">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          disabled={busy || (trouble !== undefined && trouble !== 'refused' && trouble !== 'offline')}
          data-testid="push-on"
          onChange={(event) => void change(event.currentTarget.checked)}
        />
        <span>
          <b>While Natter is closed</b>
          <small data-testid="push-why">
            {trouble ? WHY[trouble] : 'Your server sends them through the push service of your browser, encrypted for it.'}
          </small>
        </span>
      </label>
      <button type="button" class="secondary" disabled={!on || busy} data-testid="push-test" onClick={() => void test()}>
        Send a test
      </button>
      <p role="status" class="notify-result" data-testid="push-result">
        {result}
      </p>
    </section>
  );
}
