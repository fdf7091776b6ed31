import type { Kept } from '../net/admin-contract';
import type { RoomCache } from './room-cache';
import type { RoomList } from './room-list';

/** Drops the messages that the server has removed because of their age: from the page, and from this browser. */
export function drop(rooms: RoomList, cache: RoomCache, kept: readonly Kept[]): void {
  for (const { room: id, first_seq } of kept) {
    const oldest = cache.kept(id)?.messages[0]?.seq;
    if (oldest !== undefined && oldest < first_seq) cache.remove(id);
    const room = rooms.find(id);
    if (!room) continue;
    room.dropBefore(first_seq);
    cache.roomChanged(id);
  }
}
