import { type ReadonlySignal, signal } from '@preact/signals';
import type { Hello, Limits, Welcome } from '../net/contract';
import type { CurrentDay } from '../time/current-day';
import type { MeLog } from './me-log';
import type { OnlinePeople } from './online-people';
import type { Preferences } from './preferences';
import type { RoomCache } from './room-cache';
import type { RoomList } from './room-list';
import type { Session } from './session';

export interface CatchUpOptions {
  readonly preferences: Preferences;
  readonly session: Session;
  readonly rooms: RoomList;
  readonly people: OnlinePeople;
  readonly day: CurrentDay;
  readonly cache: RoomCache;
  readonly meLog: MeLog;
}

/** Brings the page up to date: says in `hello` what is here, and applies what the server answers. */
export class CatchUp {
  /** Identifies the server's database; another one means that it was restored from a backup. */
  private epoch: string | undefined;
  private readonly serverLimits = signal<Limits>({ message: 8000, name: 32, topic: 250, room_name: 40 });

  constructor(private readonly options: CatchUpOptions) {}

  get limits(): ReadonlySignal<Limits> {
    return this.serverLimits;
  }

  request(): Hello {
    const { preferences, meLog, rooms } = this.options;
    return {
      proto: 2,
      device: preferences.deviceId,
      ...(this.epoch === undefined ? {} : { epoch: this.epoch }),
      ...(meLog.version === undefined ? {} : { me_ver: meLog.version }),
      rooms: rooms.versions(),
    };
  }

  /** The page shows rooms that were kept from this database. */
  kept(epoch: string): void {
    this.epoch = epoch;
  }

  /** Returns the number of missed messages of others. */
  welcome(answer: Welcome): number {
    const { session, preferences, rooms, people, day, cache, meLog } = this.options;
    if (this.epoch !== undefined && this.epoch !== answer.epoch) for (const room of rooms.all.peek()) room.reset();
    this.epoch = answer.epoch;
    cache.setEpoch(answer.epoch);
    session.confirm(answer.me);
    preferences.setAccountLanguage(answer.language);
    this.serverLimits.value = answer.limits;
    day.synchronize(answer.now);
    const missed = rooms.welcome(answer);
    meLog.welcome(answer.me_ver);
    people.welcome(answer.online, answer.count);
    cache.headsChanged();
    return missed;
  }

  /** Another person may sign in. */
  reset(): void {
    this.epoch = undefined;
    this.options.meLog.reset();
  }
}
