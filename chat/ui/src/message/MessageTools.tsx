import { Icon, type IconName } from '../design/Icon';
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
    <div class="tools" role="group" aria-label="Message actions" data-testid="tools">
      {there && (
        <button
          type="button"
          class="tool quick"
          title={`React with ${quick}`}
          aria-label={`React with ${quick}`}
          tabIndex={tabIndex}
          onClick={() => messages.toggle(room, row, quick)}
        >
          {quick}
        </button>
      )}
      {there && tool('smile', 'Add a reaction', (button) => overlay.open('picker', row, room, button))}
      {there && tool('reply', 'Reply', () => messages.reply(room, row))}
      {canEdit(row) && tool('edit', 'Edit', () => messages.edit(room, row))}
      {there && tool('more', 'More', (button) => overlay.open('menu', row, room, button))}
      {!there && !row.deleted && tool('copy', 'Copy text', () => void messages.copy(row.text, 'Text copied'))}
    </div>
  );
}
