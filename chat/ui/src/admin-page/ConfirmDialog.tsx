import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../design/Dialog';
import { texts } from '../language/language';

interface Props {
  readonly title: string;
  /** The word on the button. */
  readonly action: string;
  /** Resolves with a sentence when the server refused. */
  readonly submit: () => Promise<string | undefined>;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly testId: string;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, action, submit, onClose, children, testId }: Props) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (busy) return;
    setBusy(true);
    const refused = await submit();
    setBusy(false);
    setProblem(refused);
    if (refused === undefined) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} testId={testId}>
      <form
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {children}
        <p class="problem" role="alert">
          {problem}
        </p>
        <div class="dialog-buttons">
          <button type="button" class="secondary" onClick={onClose}>
            {texts.common.cancel}
          </button>
          <button type="submit" class="primary" disabled={busy} data-testid="admin-confirm">
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
