import { useEffect, useState } from 'preact/hooks';
import { lateTexts, texts } from '../language/language';
import { pushState, type PushTrouble, testPush, turnOff, turnOn } from './push-api';

function why(trouble: PushTrouble): string {
  const t = lateTexts.notify;
  const reasons: Record<PushTrouble, string> = {
    insecure: t.pushInsecure,
    unsupported: t.pushUnsupported,
    denied: t.blocked,
    refused: t.pushRefused,
    offline: texts.common.noAnswer,
  };
  return reasons[trouble];
}

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
    setResult(lateTexts.notify.waitingPush);
    setResult((await testPush()) ? lateTexts.notify.pushSent : lateTexts.notify.pushNotTaken);
  };

  return (
    <section class="notify-part" aria-label={lateTexts.notify.closed}>
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
          <b>{lateTexts.notify.closed}</b>
          <small data-testid="push-why">
            {trouble ? why(trouble) : lateTexts.notify.closedHelp}
          </small>
        </span>
      </label>
      <button type="button" class="secondary" disabled={!on || busy} data-testid="push-test" onClick={() => void test()}>
        {lateTexts.notify.sendTest}
      </button>
      <p role="status" class="notify-result" data-testid="push-result">
        {result}
      </p>
    </section>
  );
}
