import { type ReadonlySignal, signal } from '@preact/signals';
import type { Delta, Message, RoomEvent, RoomHead } from '../net/contract';
import { Composing } from './composing';
import { MentionCount } from './mention-count';
import { RoomInfo } from './room-info';
import type { KeptMessages } from './room-messages';
import { type RoomOptions, RoomTimeline } from './room-timeline';
import { TypingPeople, TypingReporter } from './typing';

/** One room of the person. A page holds many; the messages are loaded when the person opens the room. */
export class Room extends RoomTimeline {
  readonly info = new RoomInfo();
  readonly typing: TypingPeople;
  readonly composing = new Composing();
  /** Rises with each change that pins or unpins a message, or that changes a pinned one. */
  readonly pinChanges = signal(0);
  private readonly mentionCount = new MentionCount();
  private readonly typingReporter: TypingReporter;
  private wasAttentive: boolean | undefined;

  constructor(id: string, options: RoomOptions) {
    super(id, options);
    this.typing = new TypingPeople(options.clock);
    this.typingReporter = new TypingReporter(options.clock, options.sendTyping);
  }

  /** The name to show. */
  get name(): ReadonlySignal<string> {
    return this.info.name;
  }

  /** The unread messages that mention the person. */
  get mentions(): ReadonlySignal<number> {
    return this.mentionCount.count;
  }

  /** The `ver` up to which every change is here; undefined while nothing is loaded. */
  get version(): number | undefined {
    return this.loaded.version;
  }

  /** The head as it is now; undefined before the server named the room. */
  get head(): RoomHead | undefined {
    const { last } = this.info;
    return last && { ...last, ...this.loaded.numbers, ...this.counts };
  }

  /** The newest loaded messages, for the cache of this browser. */
  newest(count: number): KeptMessages | undefined {
    const { log } = this.loaded;
    return log.ready ? { ver: log.ver, messages: log.messages.slice(-count) } : undefined;
  }

  /** Is the message of this sender loaded? */
  holds(cmid: string, sender: string): boolean {
    return this.loaded.log.messages.some((m) => m.cmid === cmid && m.sender.id === sender);
  }

  /** A loaded message. */
  message(seq: number): Message | undefined {
    return this.loaded.log.messages.find((m) => m.seq === seq);
  }

  /** The person goes to this room. */
  open(): void {
    this.target.value = undefined;
    this.readState.opened();
    this.loaded.open();
  }

  /** A new head of the room: at first, after a reconnect, and when something about the room changed. */
  update(head: RoomHead): void {
    this.take(head);
    this.refresh();
  }

  /** `hello` brought this room up to date. Returns the number of missed messages of others. */
  welcome(head: RoomHead, delta: Delta | undefined): number {
    const missed = delta ? this.loaded.delta(delta, head.last_seq, this.options.me.value?.id ?? '') : 0;
    this.take(head);
    this.readState.reconnected(missed);
    this.loaded.catchUp();
    this.refresh();
    if (this.history.failed.peek() === 'older') void this.retryOlder();
    return missed;
  }

  /** The person read the room in another tab, or marked messages as unread. */
  read(readSeq: number, mentions: number): void {
    this.readState.confirmed(readSeq);
    this.mentionCount.set(mentions);
  }

  /** The database was restored: forgets everything, and the next `hello` brings it again. */
  reset(): void {
    this.loaded.reset();
    this.readState.reset();
    this.rewind();
  }

  /** Forgets the messages until the room is opened again. */
  unload(): void {
    this.loaded.unload();
    this.rewind();
  }

  /** A live change. Returns true for a new message of another person. */
  event(event: RoomEvent): boolean {
    const me = this.options.me.peek()?.id ?? '';
    const fresh = event.seq > this.loaded.lastSeq;
    const own = event.m.sender.id === me;
    const news = fresh && !own;
    if (fresh && own) {
      // A person who writes has read the room.
      this.readState.readElsewhere(event.seq);
      this.mentionCount.set(0);
    } else if (news) {
      this.readState.arrived();
      this.mentionCount.arrived(event.m, me, this.info.direct.peek());
    }
    this.typing.wrote(event.m.sender.id);
    if (event.kind === 'pin' || event.m.pinned === true) this.pinChanges.value++;
    this.loaded.event(event);
    this.refresh();
    return news;
  }

  /** The server has removed the messages before this one. They count as read. */
  dropBefore(seq: number): void {
    this.loaded.log.forgetBefore(seq);
    this.readState.readElsewhere(seq - 1);
    this.refresh();
  }

  /** The server named this `ver` in an answer. */
  expect(ver: number): void {
    this.loaded.expect(ver);
  }

  connectionLost(): void {
    this.loaded.connectionLost();
    if (this.loaded.log.ready) this.readState.connectionLost();
  }

  /** The person writes in this room. */
  reportTyping(): void {
    this.typingReporter.typed();
  }

  /** One's own message is sent: the reader is at the end and has seen what is there. */
  sent(): void {
    this.readState.removeNewLine();
    this.toNewest();
  }

  markAllRead(): void {
    this.readState.markRead();
    this.readState.removeNewLine();
  }

  /** Everything from this message is unread again. */
  async markUnread(seq: number): Promise<void> {
    this.readState.markUnread(seq - 1);
    await this.options.ask('unread', { room: this.id, seq }).catch(() => undefined);
  }

  /** The person looks away or comes back. */
  attention(attentive: boolean): void {
    if (attentive === this.wasAttentive) return;
    this.wasAttentive = attentive;
    this.readState.attention(attentive);
    if (attentive && this.history.failed.peek() === 'older') void this.loadOlder();
  }

  private take(head: RoomHead): void {
    const first = this.info.last === undefined;
    this.info.update(head);
    this.loaded.named(head.last_seq, head.last_ver);
    this.mentionCount.set(head.mentions);
    if (first) this.readState.begin(head.read_seq, head.unread);
    else this.readState.confirmed(head.read_seq);
  }

  private get counts(): Pick<RoomHead, 'read_seq' | 'unread' | 'mentions'> {
    return { read_seq: this.readState.readSeq.peek(), unread: this.unread.peek(), mentions: this.mentions.peek() };
  }

  protected override reportRead(seq: number): Promise<boolean> {
    this.mentionCount.set(0);
    return super.reportRead(seq);
  }
}
