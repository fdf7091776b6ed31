import { Icon, type IconName } from '../design/Icon';
import { texts } from '../language/language';
import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';
import { useStore } from '../store/context';
import { canEdit } from '../store/message-actions';

/** The toolbar of the message under the pointer or with the focus. */
export function MessageTools({ row, room, reachable }: { row: MessageRow; room: Room; reachable: boolean }) {
  const { messages, overlay, recentEmoji } = useStore();
  const tabIndex = reachable ? 0 : -1;
  const [quick = ''] = recentEmoji.quick(1);
  const tool = (icon: IconName, label: string, press: (button: HTMLElement) => void) => (
    <button
      type="button"
      class="tool"
      title={label}
      aria-label={label}
      tabIndex={tabIndex}
      onClick={(event) => press(event.currentTarget)}
    >
      <Icon name={icon} size={17} />
    </button>
  );
  const there = row.seq !== undefined && !row.deleted;
  return (
    <div class="tools" role="group" aria-label={texts.message.actions} data-testid="tools">
      {there && (
        <button
          type="button"
          class="tool quick"
          title={texts.message.reactWith(quick)}
          aria-label={texts.message.reactWith(quick)}
          tabIndex={tabIndex}
          onClick={() => messages.toggle(room, row, quick)}
        >
          {quick}
        </button>
      )}
      {there && tool('smile', texts.message.addReaction, (button) => overlay.open('picker', row, room, button))}
      {there && tool('reply', texts.message.reply, () => messages.reply(room, row))}
      {canEdit(row) && tool('edit', texts.common.edit, () => messages.edit(room, row))}
      {there && tool('more', texts.message.more, (button) => overlay.open('menu', row, room, button))}
      {!there && !row.deleted && tool('copy', texts.message.copyText, () => void messages.copy(row.text, texts.message.textCopied))}
    </div>
  );
}
