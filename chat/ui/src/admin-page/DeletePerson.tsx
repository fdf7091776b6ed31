import { useState } from 'preact/hooks';
import type { AdminPerson } from '../net/admin-contract';
import { useStore } from '../store/context';
import { ConfirmDialog } from './ConfirmDialog';

const TEXTS = {
  action: 'Delete',
  what: 'Name, password, sessions, memberships, reactions and notifications are removed. This cannot be undone.',
  messages: 'Messages and files',
  keep: 'Keep them, under “Deleted person”',
  remove: 'Remove their texts and files',
  failed: 'The server does not answer. Please look at the list before you try again.',
  done: 'was deleted',
} as const;

/** Asks what happens to the messages, and deletes the person. */
export function DeletePerson({ person, onClose }: { person: AdminPerson; onClose: () => void }) {
  const { server, toast } = useStore();
  const [messages, setMessages] = useState(false);
  return (
    <ConfirmDialog
      title={`${TEXTS.action} ${person.name}?`}
      action={TEXTS.action}
      testId="delete-dialog"
      onClose={onClose}
      submit={async () => {
        const answer = await server.ask('admin.delete', { person: person.id, messages }).catch(() => undefined);
        if (answer?.ok !== true) return answer?.err.message ?? TEXTS.failed;
        toast.show(`${person.name} ${TEXTS.done}`);
        return undefined;
      }}
    >
      <p class="quiet">{TEXTS.what}</p>
      <fieldset class="kinds">
        <legend>{TEXTS.messages}</legend>
        {([false, true] as const).map((remove) => (
          <label key={String(remove)} class="kind">
            <input type="radio" name="messages" checked={messages === remove} data-testid={remove ? 'remove-messages' : 'keep-messages'} onChange={() => setMessages(remove)} />
            <span class="rule">{remove ? TEXTS.remove : TEXTS.keep}</span>
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
