import { useRef } from 'preact/hooks';
import { Icon } from '../design/Icon';
import { texts } from '../language/language';

/** Opens the browser's dialog for files. */
export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="field-button" aria-label={texts.files.attach} title={texts.files.attach} data-testid="attach" onClick={() => input.current?.click()}>
        <Icon name="attach" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={texts.files.attach}
        data-testid="file-input"
        onChange={(event) => {
          const field = event.currentTarget;
          onFiles([...(field.files ?? [])]);
          // The same file can be chosen again.
          field.value = '';
        }}
      />
    </>
  );
}
