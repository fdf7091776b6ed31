import type { Kept } from '../net/admin-contract';
import type { RoomCache } from './room-cache';
import type { RoomList } from './room-list';

/** Drops the messages that the server has removed because of their age. */
export function dropRemoved(rooms: RoomList, cache: RoomCache, kept: readonly Kept[]): void {
  void import('./removed-messages').then(({ drop }) => drop(rooms, cache, kept));
}
