import { Icon } from '../design/Icon';
import { lateTexts, texts } from '../language/language';
import type { ChangeEntry, EditEntry } from '../outbox/entry';
import type { Room } from '../room/room';
import { useStore } from '../store/context';
import { withNames } from '../text/mentions';
import './change-problem.css';

/** A change of a message that the server refused: the reason, and what the person can do. */
export function ChangeProblem({ change, room, deleted }: { change: ChangeEntry; room: Room; deleted: boolean }) {
  const { outbox } = useStore();
  if (!deleted && change.op === 'edit' && change.reason?.current) return <Conflict edit={change} room={room} />;
  return (
    <div class="not-sent" data-testid="change-problem">
      <Icon name="warn" size={15} />
      <span>{lateTexts.changeProblem.failed[change.op]}</span>
      <span class="why">{change.reason?.message}</span>
      <span class="choices">
        <button type="button" onClick={() => outbox.retry(change.id)}>
          {texts.common.retry}
        </button>
        <button type="button" onClick={() => outbox.discard(change.id)}>
          {lateTexts.changeProblem.discard}
        </button>
      </span>
    </div>
  );
}

/** The message was edited elsewhere since this edit began. The row shows that text; here is one's own. */
function Conflict({ edit, room }: { edit: EditEntry; room: Room }) {
  const { outbox, messages } = useStore();
  const current = edit.reason?.current;
  if (!current) return null;
  const people = [...(edit.mentions ?? []), ...(current.mentions ?? [])];
  return (
    <div class="conflict" role="group" aria-label={lateTexts.changeProblem.conflict} data-testid="conflict">
      <p class="conflict-head">
        <Icon name="warn" size={15} />
        {lateTexts.changeProblem.conflictHead}
      </p>
      <dl>
        <div>
          <dt>{lateTexts.changeProblem.now}</dt>
          <dd dir="auto">{withNames(current.text, people)}</dd>
        </div>
        <div>
          <dt>{lateTexts.changeProblem.yours}</dt>
          <dd dir="auto">{withNames(edit.text, people)}</dd>
        </div>
      </dl>
      <span class="choices">
        <button type="button" onClick={() => outbox.retry(edit.id, current.ver)}>
          {lateTexts.changeProblem.useMine}
        </button>
        <button type="button" onClick={() => messages.editAgain(room, edit, current)}>
          {lateTexts.changeProblem.editAgain}
        </button>
        <button type="button" onClick={() => outbox.discard(edit.id)}>
          {lateTexts.changeProblem.keepOther}
        </button>
      </span>
    </div>
  );
}
