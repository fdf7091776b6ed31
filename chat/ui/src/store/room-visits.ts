import { untracked } from '@preact/signals';
import type { Room } from '../room/room';
import type { MemberList } from './member-list';
import type { Navigation } from './navigation';
import type { Place } from './place';
import type { RecentRooms } from './recent-rooms';
import type { RoomCache } from './room-cache';
import { placeOf, type RoomList } from './room-list';

export interface RoomVisitsOptions {
  readonly rooms: RoomList;
  readonly navigation: Navigation;
  readonly recent: RecentRooms;
  readonly members: MemberList;
  readonly cache: RoomCache;
}

/** Opens the room that the person goes to, and shows the message that the address names. */
export class RoomVisits {
  private opened: Room | undefined;
  private visits = 0;
  private place: Place | undefined;

  constructor(private readonly options: RoomVisitsOptions) {}

  /** The room that the person sees; a small screen may show another column. Tracked by signals. */
  get shown(): Room | undefined {
    const { navigation, rooms } = this.options;
    return navigation.roomShown.value ? rooms.current.value : undefined;
  }

  /** To be called in an effect. */
  update(): void {
    const { rooms, navigation, members } = this.options;
    const place = navigation.place.value;
    const visits = navigation.visits.value;
    const room = rooms.current.value ?? this.renamed(place);
    untracked(() => {
      const fresh = room !== this.opened;
      const again = visits !== this.visits;
      this.opened = room;
      this.visits = visits;
      this.place = place;
      if (!room) return;
      if (fresh) this.open(room);
      const seq = 'seq' in place ? place.seq : undefined;
      if (seq !== undefined && (fresh || again)) room.show(seq);
      members.show(room.id);
    });
    if (room && 'key' in place) this.correctAddress(room, place);
  }

  /** A first visit without a room in the address: a small screen opens the last room. */
  begin(): void {
    const room = this.options.rooms.current.peek();
    if (room) this.options.navigation.begin(placeOf(room));
  }

  /** The room at this place got another name, so the address does not find it any more. */
  private renamed(place: Place): Room | undefined {
    const { opened } = this;
    return opened && place === this.place && this.options.rooms.all.value.includes(opened) ? opened : undefined;
  }

  /** Each room has one address, which changes with its name. */
  private correctAddress(room: Room, place: Place & { readonly key: string }): void {
    const right = placeOf(room);
    if ('key' in right && right.key !== place.key) untracked(() => this.options.navigation.replace(right));
  }

  private open(room: Room): void {
    const { rooms, recent, cache } = this.options;
    rooms.open(room);
    recent.visited(room.id);
    cache.roomChanged(room.id);
  }
}
