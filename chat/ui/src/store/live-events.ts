import type { ReadonlySignal } from '@preact/signals';
import type { ChatSocket } from '../net/chat-socket';
import type { Kept } from '../net/admin-contract';
import type { MeEvent, Message, Person, Place, PresenceEvent, Profile, SessionEnd } from '../net/contract';
import type { Room } from '../room/room';
import type { MeLog } from './me-log';
import type { RoomList } from './room-list';

export interface LiveEventsOptions {
  readonly me: ReadonlySignal<Person | undefined>;
  readonly rooms: RoomList;
  readonly meLog: MeLog;
  /** A change arrived in a room. `news`: it is a new message of another person. */
  readonly changed: (room: Room, message: Message, news: boolean) => void;
  readonly presence: (event: PresenceEvent) => void;
  readonly person: (profile: Profile) => void;
  readonly place: (place: Place) => void;
  readonly ended: (end: SessionEnd) => void;
  readonly closing: () => void;
  /** Old messages of a room were removed. */
  readonly kept: (kept: Kept) => void;
  /** `trouble`: why the server cannot store anything at present. */
  readonly storing: (state: { readonly trouble?: string }) => void;
}

/** Gives the server's events to the rooms and people that they concern. */
export function listen(socket: ChatSocket, options: LiveEventsOptions): void {
  const { me, rooms, meLog, changed, presence, person, place, ended, closing, storing, kept } = options;
  socket.on('ev', (event) => {
    const room = rooms.find(event.room);
    if (room) changed(room, event.m, room.event(event));
  });
  socket.on('me.ev', (event) => meLog.event(event));
  socket.on('presence', presence);
  socket.on('typing', ({ room, who }) => {
    if (who.id !== me.peek()?.id) rooms.find(room)?.typing.typed(who);
  });
  socket.on('person', person);
  socket.on('place', place);
  socket.on('session.ended', ended);
  socket.on('server.closing', closing);
  socket.on('store', storing);
  socket.on('kept', kept);
}

/** Applies one of the person's own events to the list of rooms. */
export function applyMeEvent(rooms: RoomList, event: MeEvent): void {
  switch (event.kind) {
    case 'room':
      rooms.update(event.head);
      break;
    case 'left':
      rooms.remove(event.room);
      break;
    case 'read':
      rooms.find(event.room)?.read(event.read_seq, event.mentions);
      break;
    case 'level':
      rooms.find(event.room)?.info.setLevel(event.level);
      break;
  }
}
