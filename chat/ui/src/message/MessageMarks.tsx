import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import type { EntryState } from '../outbox/entry';

/** "edited", with the way to the earlier versions. */
export function EditedMark({ reachable, onPress }: { reachable: boolean; onPress: (button: HTMLElement) => void }) {
  return (
    <button
      type="button"
      class="edited"
      title={texts.message.versions}
      tabIndex={reachable ? 0 : -1}
      data-testid="edited"
      onClick={(event) => onPress(event.currentTarget)}
    >
      {texts.message.edited}
    </button>
  );
}

export function StateMark({ state }: { state: EntryState }) {
  if (state === 'failed') return null;
  return (
    <span class={`mark ${state}`} title={texts.message.states[state]} aria-hidden="true">
      <Icon name={state === 'sent' ? 'check' : 'clock'} size={13} />
    </span>
  );
}
