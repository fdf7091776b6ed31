import { expect, test } from 'vitest';
import { applyRetention } from '../src/store/retention';
import type { RoomCache } from '../src/store/room-cache';
import { Toast } from '../src/store/toast';
import { ManualClock, settle } from './manual-clock';
import { head, range } from './messages';
import { roomList } from './rooms';

const newRooms = () => roomList({ ask: async () => ({ ok: true, messages: range(1, 9), more: false, ver: 9 }) as never });

const cacheOf = (seqs: readonly number[], calls: string[]) =>
  ({
    kept: () => ({ ver: 9, messages: seqs.flatMap((seq) => range(seq, seq)) }),
    remove: (room: string) => calls.push(`remove ${room}`),
    roomChanged: (room: string) => calls.push(`write ${room}`),
  }) as unknown as RoomCache;

test('messages that the server removed leave the page, count as read, and leave the cache', async () => {
  const rooms = newRooms();
  rooms.welcome({ rooms: [head('general', 9, { read_seq: 2, unread: 7 })], delta: {} });
  const room = rooms.find('general');
  if (!room) throw new Error('no room');
  rooms.open(room);
  await settle();
  const seqs = () => room.rows.value.flatMap((row) => (row.kind === 'message' ? [row.seq] : []));
  expect(seqs()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const calls: string[] = [];
  const kept = { general: { room: 'general', days: 1, first_seq: 7 } };
  const toast = new Toast(new ManualClock());
  await applyRetention({ rooms, cache: cacheOf([4, 5], calls), toast }, kept, kept);
  expect(seqs()).toEqual([7, 8, 9]);
  expect(room.unread.value).toBe(3);
  expect(calls).toEqual(['remove general', 'write general']);
  expect(toast.text.value).toBe('');
});

test('a cache without removed messages stays, and rooms of others are passed over', async () => {
  const calls: string[] = [];
  const toast = new Toast(new ManualClock());
  await applyRetention({ rooms: newRooms(), cache: cacheOf([7, 8], calls), toast }, { general: { room: 'general', first_seq: 7 } }, {});
  expect(calls).toEqual([]);
});

test('a person is told of each room whose messages are kept for another time', async () => {
  const rooms = newRooms();
  rooms.welcome({ rooms: [head('general', 9)], delta: {} });
  const toast = new Toast(new ManualClock());
  const cache = cacheOf([], []);
  const days = (count: number) => ({ general: { room: 'general', days: count, first_seq: 1 } });
  await applyRetention({ rooms, cache, toast }, days(30), {});
  expect(toast.text.value).toBe('general: Messages are deleted after 30 days.');
  await applyRetention({ rooms, cache, toast }, days(1), days(30));
  expect(toast.text.value).toBe('general: Messages are deleted after 1 day.');
  await applyRetention({ rooms, cache, toast }, {}, days(1));
  expect(toast.text.value).toBe('general: Messages are not deleted any more.');
});
