import type { KeyValueStorage } from '../browser/key-value-storage';
import { textOrFiles } from '../files/shown-file';
import { texts } from '../language/language';
import type { Message, Person } from '../net/contract';
import type { Room } from '../room/room';
import { plainText } from '../text/plain-text';
import type { Clock } from '../time/clock';
import type { NotifySettings } from './notify-settings';

/** Long enough for another tab, or another device, to say that the person reads the room there. */
export const WAIT_MS = 700;
/** One sound in this time. */
export const SOUND_PAUSE_MS = 3_000;

export interface Notice {
  /** A later notice of the same room replaces an earlier one. */
  readonly room: string;
  readonly seq: number;
  readonly title: string;
  readonly text: string;
}

export interface NotifierOptions {
  readonly clock: Clock;
  readonly settings: NotifySettings;
  /** Shared by the tabs of this browser: one of them notifies. */
  readonly storage: KeyValueStorage;
  readonly me: () => Person | undefined;
  /** The person looks at the room. */
  readonly seen: (room: Room) => boolean;
  readonly show: (notice: Notice) => void;
  readonly play: () => void;
}

/** Tells the person of new messages of others, as the level of each room wants it. */
export class Notifier {
  private soundAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: NotifierOptions) {}

  /** A new message of another person arrived. */
  message(room: Room, message: Message): void {
    const { clock, settings, me, seen } = this.options;
    const loud = settings.desktop.peek() || settings.sound.peek();
    if (!loud || seen(room) || !isWanted(room, message, me()?.id ?? '')) return;
    clock.after(WAIT_MS, () => {
      if (seen(room) || room.readState.readSeq.peek() >= message.seq || !this.claim(room, message)) return;
      if (settings.desktop.peek()) this.options.show(notice(room, message));
      if (settings.sound.peek() && clock.now() - this.soundAt >= SOUND_PAUSE_MS) {
        this.soundAt = clock.now();
        this.options.play();
      }
    });
  }

  /** The first tab that comes tells of the message. */
  private claim(room: Room, { seq }: Message): boolean {
    const { storage } = this.options;
    const key = `${room.id}/${seq}`;
    if (storage.get('notified') === key) return false;
    storage.set('notified', key);
    return true;
  }
}

/** Does the level of the room let this message through? */
export function isWanted(room: Room, message: Message, me: string): boolean {
  const level = room.info.level.peek();
  if (level === 'none' || room.info.archived.peek()) return false;
  if (level === 'all') return true;
  return message.text.includes('<@room>') || message.mentions?.some((person) => person.id === me) === true;
}

function notice(room: Room, message: Message): Notice {
  const sender = message.sender.name;
  const direct = room.info.kind.peek() === 'direct';
  const text = textOrFiles(plainText(message.text, message.mentions), message.files);
  return {
    room: room.id,
    seq: message.seq,
    title: direct ? sender : texts.notice.inRoom(sender, `${room.info.direct.peek() ? '' : '#'}${room.name.peek()}`),
    text: text.length > 160 ? `${text.slice(0, 160)}…` : text,
  };
}
