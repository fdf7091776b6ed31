import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';
import type { ChatStore } from '../store/chat-store';

/** Keys for the message that was reached by keyboard: R reply, E edit, + react, S save, M remind me, Del delete. */
export function onMessageKey(event: KeyboardEvent, room: Room, { focus, messages, overlay, personal }: ChatStore): void {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || !focus.messageByKeyboard) return;
  const article = (event.target as Element).closest<HTMLElement>('[role=article]');
  const row = article && rowOf(room, article.dataset['key'] ?? '');
  if (!row) return;
  switch (event.key) {
    case 'r':
    case 'R':
      messages.reply(room, row);
      break;
    case 'e':
    case 'E':
      messages.edit(room, row);
      break;
    case '+':
      if (row.seq === undefined || row.deleted) return;
      overlay.open('picker', row, room, article);
      break;
    case 's':
    case 'S':
      if (row.seq === undefined || row.deleted) return;
      personal.peek()?.toggle(room.id, row.seq);
      break;
    case 'm':
    case 'M':
      if (row.seq === undefined || row.deleted) return;
      overlay.open('remind', row, room, article);
      break;
    case 'Delete':
      messages.delete(room, row);
      break;
    default:
      return;
  }
  event.preventDefault();
}

function rowOf(room: Room, key: string): MessageRow | undefined {
  for (const row of room.rows.peek()) {
    if (row.kind === 'message' && row.key === key) return row;
    const folded = row.kind === 'folded' ? row.rows.find((message) => message.key === key) : undefined;
    if (folded) return folded;
  }
  return undefined;
}
