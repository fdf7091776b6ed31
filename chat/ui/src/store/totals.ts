import { computed, type ReadonlySignal } from '@preact/signals';
import type { Room } from '../room/room';

/**
 * The unread messages of all rooms, for the title and the icon of the page. Muted rooms do not count, and the room that
 * the person looks at is read in a moment.
 */
export class Totals {
  /** Unread mentions and direct messages. */
  readonly mentions: ReadonlySignal<number>;
  /** The part of them outside of direct messages. */
  readonly channelMentions: ReadonlySignal<number>;
  /** There is an unread message in some room. */
  readonly unread: ReadonlySignal<boolean>;
  /** The same, with the muted rooms. */
  readonly anyUnread: ReadonlySignal<boolean>;

  constructor(rooms: ReadonlySignal<readonly Room[]>) {
    const loud = computed(() =>
      rooms.value.filter((room) => room.info.level.value !== 'none' && !room.info.archived.value && !room.seen.value),
    );
    const sum = (of: readonly Room[]) => of.reduce((total, room) => total + room.mentions.value, 0);
    this.mentions = computed(() => sum(loud.value));
    this.channelMentions = computed(() => sum(loud.value.filter((room) => !room.info.direct.value)));
    this.anyUnread = computed(() => rooms.value.some((room) => room.unread.value > 0));
    this.unread = computed(() => loud.value.some((room) => room.unread.value > 0));
  }
}

/** A count for a narrow place. */
export const shortCount = (count: number) => (count > 99 ? '99+' : String(count));

/** The title of the page: "(3) general · Natter", or "• general · Natter" without mentions. */
export function pageTitle({ mentions, unread }: { mentions: number; unread: boolean }, place: string): string {
  const news = mentions > 0 ? `(${shortCount(mentions)}) ` : unread ? '• ' : '';
  return `${news}${place === '' ? '' : `${place} · `}Natter`;
}
