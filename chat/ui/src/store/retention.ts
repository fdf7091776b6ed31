import { lateTexts, loadLateTexts, texts } from '../language/language';
import type { Kept } from '../net/admin-contract';
import type { RoomCache } from './room-cache';
import type { RoomList } from './room-list';
import type { Toast } from './toast';

type ByRoom = Readonly<Record<string, Kept>>;

export interface RetentionOptions {
  readonly rooms: RoomList;
  readonly cache: RoomCache;
  readonly toast: Toast;
}

/**
 * Drops the messages that the server has removed because of their age, from the page and from this browser. Tells the
 * person of each room whose messages are kept for another time than before.
 */
export async function applyRetention({ rooms, cache, toast }: RetentionOptions, kept: ByRoom, before: ByRoom): Promise<void> {
  for (const { room: id, first_seq } of Object.values(kept)) {
    const oldest = cache.kept(id)?.messages[0]?.seq;
    if (oldest !== undefined && oldest < first_seq) cache.remove(id);
    const room = rooms.find(id);
    if (!room) continue;
    room.dropBefore(first_seq);
    cache.roomChanged(id);
  }
  for (const id of Object.keys({ ...before, ...kept })) {
    const name = rooms.find(id)?.name.peek();
    const days = kept[id]?.days;
    if (name === undefined || days === before[id]?.days) continue;
    await loadLateTexts();
    toast.show(`${name}: ${days === undefined ? lateTexts.roomDialogs.keptForEver : texts.people.kept(days)}`);
  }
}
