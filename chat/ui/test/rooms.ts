import { type ReadonlySignal, signal } from '@preact/signals';
import type { Person } from '../src/net/contract';
import { Room } from '../src/room/room';
import type { RoomOptions } from '../src/room/room-timeline';
import { HOME, type Place } from '../src/store/place';
import { RoomList } from '../src/store/room-list';
import { ManualClock } from './manual-clock';
import { ada } from './messages';

export interface TestRooms {
  readonly ask: RoomOptions['ask'];
  readonly kept?: (room: string) => ReturnType<NonNullable<RoomOptions['kept']>>;
  readonly place?: ReadonlySignal<Place>;
  readonly recent?: ReadonlySignal<readonly string[]>;
  readonly removed?: (room: Room) => void;
}

/** The rooms of Ada, who does not look at them. */
export function roomList({ ask, kept, place = signal(HOME), recent = signal([]), removed = () => undefined }: TestRooms): RoomList {
  const clock = new ManualClock();
  return new RoomList({
    create: (id) =>
      new Room(id, {
        clock,
        random: () => 0.5,
        me: signal<Person | undefined>(ada),
        entries: signal([]),
        attentive: signal(false),
        clockOffset: signal(0),
        sendTyping: () => undefined,
        ask,
        ...(kept && { kept: () => kept(id) }),
      }),
    place,
    recent,
    removed,
  });
}
