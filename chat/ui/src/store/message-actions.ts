import type { ReadonlySignal } from '@preact/signals';
import type { RecentEmoji } from '../emoji/recent-emoji';
import { texts } from '../language/language';
import type { Message, Person } from '../net/contract';
import { textOrFiles } from '../files/shown-file';
import type { EditEntry, OutgoingFile } from '../outbox/entry';
import type { Room } from '../room/room';
import type { MessageRow } from '../room/timeline-rows';
import { withMentions, withNames } from '../text/mentions';
import type { OutboxState } from './outbox-state';
import { addressOf } from './place';
import { placeOf } from './room-list';
import type { PageFocus } from './page-focus';
import { type Toast, UNDO_MS } from './toast';

export interface MessageActionsOptions {
  readonly outbox: OutboxState;
  readonly toast: Toast;
  readonly focus: PageFocus;
  readonly recentEmoji: RecentEmoji;
  readonly me: ReadonlySignal<Person | undefined>;
  /** People whom a text of the room may mention, besides those that the composer found. */
  readonly known: (room: Room) => readonly Person[];
  /** The person may delete what others wrote. */
  readonly moderates?: () => boolean;
}

/** The actions of a person on messages. Every change goes through the outbox. */
export class MessageActions {
  constructor(private readonly options: MessageActionsOptions) {}

  /** Sends the text of the composer: a new message, a reply or an edit. `found`: people of the completed mentions. */
  submit(room: Room, typed: string, found: readonly Person[], files: readonly OutgoingFile[] = []): void {
    const { outbox } = this.options;
    const { editing, replyTo } = room.composing;
    const edit = editing.peek();
    const people = [...found, ...(edit?.mentions ?? []), ...this.options.known(room)];
    const { text, mentions } = withMentions(typed, people);
    if (edit) {
      room.composing.leave();
      if (text !== edit.original)
        outbox.change(room.id, { op: 'edit', seq: edit.seq, baseVer: edit.baseVer, text, mentions });
      return;
    }
    const quote = replyTo.peek();
    outbox.send(room.id, { text, ...(mentions.length > 0 && { mentions }), ...(quote && { replyTo: quote }), ...(files.length > 0 && { files }) });
    room.composing.endReply();
    room.sent();
  }

  reply(room: Room, row: MessageRow): void {
    if (row.seq === undefined || row.deleted) return;
    room.composing.reply({ seq: row.seq, sender: row.author, text: textOrFiles(row.text, row.files) });
    this.options.focus.requestComposer();
  }

  edit(room: Room, row: MessageRow): void {
    if (!canEdit(row)) return;
    this.beginEdit(room, row.seq, row.source.ver, row.text, row.mentions);
  }

  /** A refused edit goes back into the composer, on top of the message as it is now. */
  editAgain(room: Room, entry: EditEntry, message: Message): void {
    this.options.outbox.discard(entry.id);
    this.beginEdit(room, entry.seq, Math.max(entry.baseVer, message.ver), entry.text, entry.mentions ?? []);
  }

  delete(room: Room, row: MessageRow): void {
    if (row.seq === undefined || !this.canDelete(room, row)) return;
    const { outbox, toast } = this.options;
    for (const { id } of row.changes) outbox.discard(id);
    const { id } = outbox.change(room.id, { op: 'del', seq: row.seq }, UNDO_MS);
    toast.show(texts.common.messageDeleted, { label: texts.message.undo, run: () => outbox.discard(id) });
  }

  react(room: Room, row: MessageRow, emoji: string, on: boolean): void {
    if (row.seq === undefined || row.deleted) return;
    if (on) this.options.recentEmoji.use(emoji);
    this.options.outbox.change(room.id, { op: 'react', seq: row.seq, emoji, on });
  }

  /** Adds the reaction, or takes one's own away. */
  toggle(room: Room, row: MessageRow, emoji: string): void {
    const me = this.options.me.peek()?.id;
    const mine = row.reactions.some(
      (reaction) => reaction.emoji === emoji && reaction.people.some((person) => person.id === me),
    );
    this.react(room, row, emoji, !mine);
  }

  canDelete(room: Room, row: MessageRow): boolean {
    return row.seq !== undefined && !row.deleted && (row.own || room.info.mine.value || this.options.moderates?.() === true);
  }

  /** The address of a message. */
  link(room: Room, seq: number): string {
    return location.origin + addressOf(placeOf(room, seq));
  }

  pin(room: Room, row: MessageRow): void {
    if (row.seq !== undefined && !row.deleted)
      this.options.outbox.change(room.id, { op: 'pin', seq: row.seq, on: !row.pinned });
  }

  async copy(text: string, what: string): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(text);
      this.options.toast.show(what);
      return true;
    } catch {
      // Plain http has no clipboard.
      this.options.toast.show(texts.message.cannotCopy);
      return false;
    }
  }

  private beginEdit(room: Room, seq: number, baseVer: number, original: string, mentions: readonly Person[]): void {
    room.composing.beginEdit({ seq, baseVer, original, mentions }, withNames(original, mentions));
    this.options.focus.requestComposer();
  }
}

/** One's own message that is in the room. */
export function canEdit(row: MessageRow): row is MessageRow & { readonly seq: number; readonly source: Message } {
  return row.own && row.seq !== undefined && !row.deleted;
}
