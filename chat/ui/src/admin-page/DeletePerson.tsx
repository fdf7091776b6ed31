import { useState } from 'preact/hooks';
import { lateTexts, texts } from '../language/language';
import type { AdminPerson } from '../net/admin-contract';
import { useStore } from '../store/context';
import { ConfirmDialog } from './ConfirmDialog';

/** Asks what happens to the messages, and deletes the person. */
export function DeletePerson({ person, onClose }: { person: AdminPerson; onClose: () => void }) {
  const { server, toast } = useStore();
  const [messages, setMessages] = useState(false);
  return (
    <ConfirmDialog
      title={lateTexts.adminPeople.deleteQuestion(person.name)}
      action={texts.common.delete}
      testId="delete-dialog"
      onClose={onClose}
      submit={async () => {
        const answer = await server.ask('admin.delete', { person: person.id, messages }).catch(() => undefined);
        if (answer?.ok !== true) return answer?.err.message ?? lateTexts.adminPeople.noAnswer;
        toast.show(lateTexts.adminPeople.deleted(person.name));
        return undefined;
      }}
    >
      <p class="quiet">{lateTexts.adminPeople.deleteWhat}</p>
      <fieldset class="kinds">
        <legend>{lateTexts.adminPeople.messages}</legend>
        {([false, true] as const).map((remove) => (
          <label key={String(remove)} class="kind">
            <input type="radio" name="messages" checked={messages === remove} data-testid={remove ? 'remove-messages' : 'keep-messages'} onChange={() => setMessages(remove)} />
            <span class="rule">{remove ? lateTexts.adminPeople.removeMessages : lateTexts.adminPeople.keepMessages}</span>
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
