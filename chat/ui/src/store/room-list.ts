import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { RoomHead, Welcome } from '../net/contract';
import type { Room } from '../room/room';
import type { Place } from './place';

/** The id of the room that everybody is in. */
export const GENERAL = 'general';
/** The number of rooms whose messages stay in memory. */
export const OPEN_ROOMS = 20;

export interface RoomListOptions {
  readonly create: (id: string) => Room;
  readonly place: ReadonlySignal<Place>;
  /** The rooms that the person visited last, newest first. */
  readonly recent: ReadonlySignal<readonly string[]>;
  /** The person is no member of the room any more. */
  readonly removed: (room: Room) => void;
}

/** The rooms of the person. */
export class RoomList {
  private readonly rooms = signal<readonly Room[]>([]);
  private readonly complete = signal(false);
  /** Rooms with messages in memory, the last opened one at the end. */
  private opened: readonly Room[] = [];

  /** The room on the screen; undefined on other pages, and when the address names no room of the person. */
  readonly current: ReadonlySignal<Room | undefined> = computed(() => {
    const place = this.options.place.value;
    if (place.kind === 'home') return this.last();
    return this.rooms.value.find((room) => isAt(room, place));
  });

  /** Public and private rooms: the general room first, the others by name. */
  readonly channels: ReadonlySignal<readonly Room[]> = computed(() =>
    this.rooms.value
      .filter((room) => !room.info.direct.value && !room.info.archived.value)
      .sort((a, b) => Number(b.id === GENERAL) - Number(a.id === GENERAL) || byName(a, b)),
  );

  readonly directs: ReadonlySignal<readonly Room[]> = computed(() =>
    this.rooms.value.filter((room) => room.info.direct.value && !room.info.archived.value).sort(byName),
  );

  /** In the order of the left column. */
  readonly ordered: ReadonlySignal<readonly Room[]> = computed(() => [...this.channels.value, ...this.directs.value]);

  constructor(private readonly options: RoomListOptions) {}

  get all(): ReadonlySignal<readonly Room[]> {
    return this.rooms;
  }

  /** The server has named all rooms. */
  get known(): ReadonlySignal<boolean> {
    return this.complete;
  }

  find(id: string): Room | undefined {
    return this.rooms.peek().find((room) => room.id === id);
  }

  directWith(person: string): Room | undefined {
    return this.rooms.peek().find((room) => room.info.kind.peek() === 'direct' && room.info.people.peek()[0]?.id === person);
  }

  /** For `hello`: the `ver` of each room whose messages are here. */
  versions(): Record<string, number> {
    const versions: Record<string, number> = {};
    for (const { id, version } of this.rooms.peek()) if (version !== undefined) versions[id] = version;
    return versions;
  }

  /** The rooms that this browser kept. */
  restore(heads: readonly RoomHead[]): void {
    if (this.rooms.peek().length > 0) return;
    this.rooms.value = heads.map((head) => {
      const room = this.options.create(head.id);
      room.update(head);
      return room;
    });
  }

  /** `hello` was answered. Returns the number of missed messages of others. */
  welcome({ rooms: heads, delta }: Pick<Welcome, 'rooms' | 'delta'>): number {
    const before = new Map(this.rooms.peek().map((room) => [room.id, room]));
    let missed = 0;
    const next = heads.map((head) => {
      const room = before.get(head.id) ?? this.options.create(head.id);
      missed += room.welcome(head, delta[head.id]);
      before.delete(head.id);
      return room;
    });
    if (before.size > 0 || next.length !== this.rooms.peek().length) this.rooms.value = next;
    this.complete.value = true;
    for (const room of before.values()) this.options.removed(room);
    return missed;
  }

  /** A new or changed room. */
  update(head: RoomHead): Room {
    const known = this.find(head.id);
    const room = known ?? this.options.create(head.id);
    room.update(head);
    if (!known) this.rooms.value = [...this.rooms.peek(), room];
    return room;
  }

  remove(id: string): void {
    const room = this.find(id);
    if (!room) return;
    this.rooms.value = this.rooms.peek().filter((other) => other !== room);
    this.opened = this.opened.filter((other) => other !== room);
    this.options.removed(room);
  }

  /** The person goes to a room. The room that was not visited for the longest time leaves the memory. */
  open(room: Room): void {
    this.opened = [...this.opened.filter((other) => other !== room), room];
    for (const other of this.opened.slice(0, -OPEN_ROOMS)) other.unload();
    this.opened = this.opened.slice(-OPEN_ROOMS);
    room.open();
  }

  clear(): void {
    this.rooms.value = [];
    this.opened = [];
    this.complete.value = false;
  }

  private last(): Room | undefined {
    const rooms = this.rooms.value;
    const recent = this.options.recent.value;
    return (
      recent.map((id) => rooms.find((room) => room.id === id)).find((room) => room !== undefined) ??
      rooms.find((room) => room.id === GENERAL) ??
      rooms[0]
    );
  }
}

/** The place of a room. */
export function placeOf(room: Room, seq?: number): Place {
  const { kind, slug, people } = room.info;
  const message = seq === undefined ? {} : { seq };
  if (kind.value === 'direct') return { kind: 'direct', key: people.value[0]?.id ?? room.id, ...message };
  if (kind.value === 'group') return { kind: 'direct', key: room.id, ...message };
  return { kind: 'room', key: slug.value ?? room.id, ...message };
}

function isAt(room: Room, place: Place): boolean {
  const { kind, slug, people, direct } = room.info;
  if (place.kind === 'room') return !direct.value && (slug.value === place.key || room.id === place.key);
  if (place.kind !== 'direct') return false;
  return (direct.value && room.id === place.key) || (kind.value === 'direct' && people.value[0]?.id === place.key);
}

function byName(a: Room, b: Room): number {
  return a.name.value.localeCompare(b.name.value, undefined, { sensitivity: 'base', numeric: true }) || (a.id < b.id ? -1 : 1);
}
