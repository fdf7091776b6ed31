import { texts } from '../language/language';
import type { FoundRoom, NewRoom, NotifyLevel, PersonOnline, Query, Refusal, Reply, Request } from '../net/contract';
import { problemOf } from '../net/problem';
import type { Room } from '../room/room';
import type { Clock } from '../time/clock';
import type { Navigation } from './navigation';
import { HOME } from './place';
import { placeOf, type RoomList } from './room-list';

export interface RoomActionsOptions {
  readonly rooms: RoomList;
  readonly navigation: Navigation;
  readonly clock: Clock;
  readonly ask: <E extends Request>(event: E, query: Query<E>) => Promise<Reply<E>>;
}

/** Why an action failed, as a sentence; undefined when it succeeded. */
export type Problem = string | undefined;

const READ_AT_ONCE = 10;
const READ_PAUSE_MS = 150;
const FOUND_LIMIT = 100;
const PEOPLE_LIMIT = 20;

/** The actions of a person on rooms and people. */
export class RoomActions {
  constructor(private readonly options: RoomActionsOptions) {}

  /** Creates a room, or finds the direct room that is there, and goes to it. */
  async create(room: NewRoom): Promise<Problem> {
    return this.enter(await this.ask('room.create', room));
  }

  /** Joins a public room by its id or slug, and goes to it. */
  async join(room: string): Promise<Problem> {
    return this.enter(await this.ask('room.join', { room }));
  }

  /** Goes to the messages with a person. */
  async direct(person: string): Promise<Problem> {
    const known = this.options.rooms.directWith(person);
    if (!known) return this.create({ kind: 'direct', people: [person] });
    this.go(known);
    return undefined;
  }

  go(room: Room, seq?: number): void {
    this.options.navigation.go(placeOf(room, seq));
  }

  async leave(room: Room): Promise<Problem> {
    const { rooms, navigation } = this.options;
    const here = rooms.current.peek() === room;
    const problem = problemOf(await this.ask('room.leave', { room: room.id }));
    if (problem === undefined) {
      // The event may have removed the room already.
      const gone = rooms.current.peek();
      if (here && (gone === room || gone === undefined)) navigation.replace(HOME);
      rooms.remove(room.id);
    }
    return problem;
  }

  async change(room: Room, change: { name?: string; topic?: string }): Promise<Problem> {
    return problemOf(await this.ask('room.set', { room: room.id, ...change }));
  }

  async archive(room: Room, on: boolean): Promise<Problem> {
    return problemOf(await this.ask('room.archive', { room: room.id, on }));
  }

  async invite(room: Room, people: readonly string[]): Promise<Problem> {
    return problemOf(await this.ask('room.invite', { room: room.id, people }));
  }

  /** The level changes at once, and back when the server refuses it. */
  async setLevel(room: Room, level: NotifyLevel): Promise<Problem> {
    const before = room.info.level.peek();
    room.info.setLevel(level);
    const problem = problemOf(await this.ask('level', { room: room.id, level }));
    if (problem !== undefined) room.info.setLevel(before);
    return problem;
  }

  async findRooms(q: string): Promise<readonly FoundRoom[] | undefined> {
    const answer = await this.ask('room.find', { ...(q === '' ? {} : { q }), limit: FOUND_LIMIT });
    return answer.ok === true ? answer.rooms : undefined;
  }

  async findPeople(q: string): Promise<readonly PersonOnline[]> {
    const answer = await this.ask('people', { q, limit: PEOPLE_LIMIT });
    return answer.ok === true ? answer.people : [];
  }

  /** Marks the rooms one after another, because the server limits the reports. */
  markAllRead(): void {
    const unread = this.options.rooms.all.peek().filter((room) => room.unread.peek() > 0);
    unread.forEach((room, at) => {
      if (at < READ_AT_ONCE) room.markAllRead();
      else this.options.clock.after((at - READ_AT_ONCE + 1) * READ_PAUSE_MS, () => room.markAllRead());
    });
  }

  private enter(answer: Reply<'room.create'>): Problem {
    if (answer.ok === true) this.go(this.options.rooms.update(answer.room));
    return problemOf(answer);
  }

  private async ask<E extends Request>(event: E, query: Query<E>): Promise<Reply<E> | { ok?: false; err: Refusal }> {
    try {
      return await this.options.ask(event, query);
    } catch {
      return { err: { code: 'no_answer', message: texts.common.noAnswer, permanent: false } };
    }
  }
}
