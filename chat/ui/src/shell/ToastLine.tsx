import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import { useStore } from '../store/context';

/** A sentence about what just happened. The element is always there, so that screen readers announce each change. */
export function ToastLine() {
  const { toast } = useStore();
  const text = toast.text.value;
  const action = toast.action.value;
  return (
    <div class={text === '' ? 'toast none' : 'toast'} role="status" data-testid="toast">
      {text !== '' && <span>{text}</span>}
      {action && (
        <button
          type="button"
          class="toast-action"
          onClick={() => {
            action.run();
            toast.hide();
          }}
        >
          {action.label}
        </button>
      )}
      {text !== '' && (
        <button type="button" aria-label={texts.common.close} onClick={() => toast.hide()}>
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}
