import { useState } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { lateTexts } from '../language/language';
import { SendLater, type SendLaterProps } from './SendLater';

/** In the composer: opens the choice of a time for the message. */
export function LaterButton(props: Omit<SendLaterProps, 'opener' | 'onClose'>) {
  const [opener, setOpener] = useState<HTMLElement | undefined>(undefined);
  return (
    <>
      <button
        type="button"
        class="field-button later"
        aria-label={lateTexts.personal.sendLater}
        title={lateTexts.personal.sendLater}
        data-testid="send-later"
        onClick={(event) => setOpener(event.currentTarget)}
      >
        <Icon name="clock" />
      </button>
      {opener && <SendLater {...props} opener={opener} onClose={() => setOpener(undefined)} />}
    </>
  );
}
