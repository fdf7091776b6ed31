import { Icon } from '../design/Icon';
import type { EntryState } from '../outbox/entry';

const STATE_TITLES = { queued: 'Waiting to be sent', sending: 'Sending', sent: 'Stored on the server' } as const;

/** "edited", with the way to the earlier versions. */
export function EditedMark({ reachable, onPress }: { reachable: boolean; onPress: (button: HTMLElement) => void }) {
  return (
    <button
      type="button"
      class="edited"
      title="Show earlier versions"
      tabIndex={reachable ? 0 : -1}
      data-testid="edited"
      onClick={(event) => onPress(event.currentTarget)}
    >
      edited
    </button>
  );
}

export function StateMark({ state }: { state: EntryState }) {
  if (state === 'failed') return null;
  return (
    <span class={`mark ${state}`} title={STATE_TITLES[state]} aria-hidden="true">
      <Icon name={state === 'sent' ? 'check' : 'clock'} size={13} />
    </span>
  );
}
