import { useStore } from '../store/context';

const TEXT = {
  once: 'It is shown only now.',
  copy: 'Copy',
  copied: 'Copied',
} as const;

/** A secret that the server does not tell again. */
export function ShownOnce({ label, text }: { label: string; text: string }) {
  const { messages } = useStore();
  return (
    <div class="shown-once" data-testid="shown-once">
      <p>
        {label} {TEXT.once}
      </p>
      <input type="text" readOnly value={text} aria-label={label} data-testid="secret" onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="secondary" onClick={() => void messages.copy(text, TEXT.copied)}>
        {TEXT.copy}
      </button>
    </div>
  );
}
