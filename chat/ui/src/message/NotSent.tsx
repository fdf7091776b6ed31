import { Icon } from '../design/Icon';
import { texts } from '../language/language';
import type { MessageRow } from '../room/timeline-rows';
import { useStore } from '../store/context';
import { withNames } from '../text/mentions';

/** A message that was not sent: the reason, and what the person can do. */
export function NotSent({ row, room }: { row: MessageRow; room: string }) {
  const { outbox, drafts, focus, attachments } = useStore();
  const edit = () => {
    const entry = outbox.discard(row.cmid);
    if (entry?.op !== 'send') return;
    drafts.putBack(room, withNames(entry.text, entry.mentions ?? []));
    if (entry.files) void attachments.putBack(room, entry.files);
    focus.requestComposer();
  };
  const remove = () => {
    const entry = outbox.discard(row.cmid);
    if (entry?.op === 'send' && entry.files) attachments.drop(entry.files.map((file) => file.token));
  };
  return (
    <div class="not-sent">
      <Icon name="warn" size={15} />
      <span>{texts.message.notSent}</span>
      {row.reason && <span class="why">{row.reason}</span>}
      <span class="choices">
        <button type="button" onClick={() => outbox.retry(row.cmid)}>
          {texts.common.retry}
        </button>
        <button type="button" onClick={edit}>
          {texts.common.edit}
        </button>
        <button type="button" onClick={remove}>
          {texts.common.delete}
        </button>
      </span>
    </div>
  );
}
