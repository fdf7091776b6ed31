import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { texts } from '../language/language';
import { useStore } from '../store/context';
import type { Problem } from '../store/room-actions';

interface Props {
  /** The word on the button. */
  readonly action: string;
  readonly ready: boolean;
  /** Resolves with a sentence when the server refused. */
  readonly submit: () => Promise<Problem>;
  readonly children: ComponentChildren;
}

/** The form of a dialog: fields, the server's objection, and two buttons. */
export function DialogForm({ action, ready, submit, children }: Props) {
  const { connection, dialogs } = useStore();
  const [problem, setProblem] = useState<Problem>(undefined);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setProblem(await submit());
    setBusy(false);
  };
  return (
    <form
      class="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      <p class="problem" role="alert" data-testid="problem">
        {problem}
      </p>
      <div class="dialog-buttons">
        <button type="button" class="secondary" onClick={() => dialogs.close()}>
          {texts.common.cancel}
        </button>
        <button type="submit" class="primary" disabled={!ready || busy || !connection.online.value} data-testid="confirm">
          {action}
        </button>
      </div>
    </form>
  );
}
