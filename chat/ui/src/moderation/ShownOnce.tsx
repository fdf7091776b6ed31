import { lateTexts, texts } from '../language/language';
import { useStore } from '../store/context';

/** A secret that the server does not tell again. */
export function ShownOnce({ label, text }: { label: string; text: string }) {
  const { messages } = useStore();
  return (
    <div class="shown-once" data-testid="shown-once">
      <p>
        {label} {lateTexts.integrations.shownOnce}
      </p>
      <input type="text" readOnly value={text} aria-label={label} data-testid="secret" onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="secondary" onClick={() => void messages.copy(text, lateTexts.integrations.copied)}>
        {texts.message.copy}
      </button>
    </div>
  );
}
