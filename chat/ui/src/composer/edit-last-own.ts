import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';
import { canEdit } from '../store/message-actions';

/**
 * Begins to edit one's own newest message. While that one is on its way nothing happens, so that no older message is
 * edited instead. Returns false when none is in the page.
 */
export function editLastOwn(room: Pick<Room, 'rows'>, edit: (row: MessageRow) => void): boolean {
  const last = room.rows.peek().findLast((row) => row.kind === 'message' && row.own && !row.deleted);
  if (last?.kind !== 'message') return false;
  if (canEdit(last)) edit(last);
  return true;
}
