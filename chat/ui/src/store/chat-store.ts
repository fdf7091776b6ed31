import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { RecentEmoji } from '../emoji/recent-emoji';
import { attachedList } from '../files/attached-list';
import { Attachments } from '../files/attachments';
import { textOrFiles } from '../files/shown-file';
import { texts } from '../language/language';
import type { Limits, Person, Profile, Welcome } from '../net/contract';
import type { EntryLink } from '../net/entry-link';
import { Notifier } from '../notify/notifier';
import { NotifySettings } from '../notify/notify-settings';
import type { PersonalLists } from '../personal/personal-lists';
import { Room } from '../room/room';
import { plainText } from '../text/plain-text';
import { CurrentDay } from '../time/current-day';
import { Announcer } from './announcer';
import { Attention } from './attention';
import { CatchUp } from './catch-up';
import { ConnectionStatus } from './connection-status';
import { Dialogs } from './dialog';
import { DraftStorage } from './draft-storage';
import { Drafts } from './drafts';
import type { Environment } from './environment';
import { applyMeEvent, listen } from './live-events';
import { MeLog } from './me-log';
import { MemberList } from './member-list';
import { MessageActions } from './message-actions';
import { MessageOverlay } from './message-overlay';
import { Navigation } from './navigation';
import { OnlinePeople, personOf } from './online-people';
import { hasArrived, hasFiles, sendOperation } from './operations';
import { OutboxState } from './outbox-state';
import { PageFocus } from './page-focus';
import { HOME } from './place';
import { Preferences } from './preferences';
import { RecentRooms } from './recent-rooms';
import { RoomActions } from './room-actions';
import { KEPT_MESSAGES, RoomCache } from './room-cache';
import { GENERAL, RoomList } from './room-list';
import { Retentions } from './retentions';
import { RoomVisits } from './room-visits';
import { ServerLink } from './server-link';
import { Session } from './session';
import { Standing } from './standing';
import { Toast } from './toast';
import { Totals } from './totals';
import { useEntry } from './use-entry';

/** The state of the page. Connects its parts with each other and with the server. */
export class ChatStore {
  readonly attention = new Attention();
  readonly focus = new PageFocus();
  readonly preferences: Preferences;
  readonly navigation: Navigation;
  readonly session: Session;
  readonly recent: RecentRooms;
  readonly rooms: RoomList;
  readonly actions: RoomActions;
  readonly totals: Totals;
  readonly outbox: OutboxState;
  readonly drafts: Drafts;
  readonly attachments: Attachments;
  readonly people: OnlinePeople;
  readonly members: MemberList;
  readonly connection: ConnectionStatus;
  readonly dialogs = new Dialogs();
  readonly toast: Toast;
  readonly notify: NotifySettings;
  /** The text of the search. */
  readonly searchText = signal('');
  private readonly notifier: Notifier;
  readonly messages: MessageActions;
  readonly overlay = new MessageOverlay();
  readonly recentEmoji: RecentEmoji;
  readonly day: CurrentDay;
  readonly standing: Standing;
  readonly retentions: Retentions;
  /** The saved and scheduled messages; undefined until their code is loaded. */
  readonly personal = signal<PersonalLists | undefined>(undefined);
  /** The invite or set-up link that the person came by and has not used yet. */
  readonly entry = signal<EntryLink | undefined>(undefined);
  private readonly link: ServerLink;
  private readonly cache: RoomCache;
  private readonly catchUp: CatchUp;
  private readonly visits: RoomVisits;
  private readonly announcer: Announcer;
  private readonly announced = signal('');

  constructor(env: Environment) {
    const { clock, random, uuid } = env;
    this.preferences = new Preferences(env.browserStorage, uuid);
    this.navigation = new Navigation(env.navigation);
    this.recent = new RecentRooms(env.browserStorage);
    this.drafts = new Drafts(new DraftStorage(env.tabStorage, env.draftStore));
    this.people = new OnlinePeople(clock);
    this.day = new CurrentDay(clock);
    this.standing = new Standing(clock, () => clock.now() + this.day.clockOffset.peek());
    this.entry.value = env.entry;
    this.toast = new Toast(clock);
    this.recentEmoji = new RecentEmoji(env.browserStorage);
    this.announcer = new Announcer(clock, (line) => void (this.announced.value = line));
    this.session = new Session({
      clock,
      random,
      api: env.sessionApi,
      preferences: this.preferences,
      remembered: (person) => void this.drawKept(person),
      signedIn: (person, previous) => this.signedIn(person, previous),
      signedOut: () => this.signedOut(),
      forgotten: () => this.forget(),
    });
    this.link = new ServerLink({
      clock,
      random,
      socket: env.socket,
      request: () => this.catchUp.request(),
      welcome: (answer) => this.welcome(answer),
      disconnected: () => this.disconnected(),
      rejected: (retryAfterMs, reason) => void this.rejected(retryAfterMs, reason),
      failed: (reason) => this.connection.rejected(reason && texts.shell.rejected(reason)),
      probe: () => this.server.ask('sync', { room: GENERAL, since_ver: this.rooms.find(GENERAL)?.version ?? -1, limit: 1 }),
      outdated: () => this.connection.pageOutdated(),
    });
    this.attachments = new Attachments({ ...env.files, clock, uuid, kept: attachedList(env.tabStorage), ask: (query) => this.server.ask('msg.send', query) });
    this.outbox = new OutboxState({
      clock,
      random,
      uuid,
      store: env.entryStore,
      locks: env.locks,
      openTabChannel: env.openTabChannel,
      me: this.session.me,
      send: (entry) => (hasFiles(entry) ? this.attachments.send(entry) : sendOperation(this.server, entry)),
      answered: (entry, { ver }) => {
        if (hasFiles(entry)) this.attachments.drop(entry.files.map((file) => file.token), true);
        this.rooms.find(entry.room)?.expect(ver);
        this.removeArrived();
      },
    });
    this.messages = new MessageActions({
      outbox: this.outbox,
      toast: this.toast,
      focus: this.focus,
      recentEmoji: this.recentEmoji,
      me: this.session.me,
      known: () => this.knownPeople(),
      moderates: () => this.standing.moderator.value,
    });
    this.connection = new ConnectionStatus({
      clock,
      networkOffline: this.attention.networkOffline,
      serverCannotStore: this.outbox.serverCannotStore,
    });
    this.rooms = new RoomList({
      create: (id) =>
        new Room(id, {
          clock,
          random,
          ask: (event, query) => this.server.ask(event, query),
          sendTyping: () => this.server.sendTyping(id),
          me: this.session.me,
          entries: this.outbox.entries,
          // The page's focus, on the room that is on the screen.
          attentive: this.attention.on(() => this.visits.shown?.id === id),
          clockOffset: this.day.clockOffset,
          kept: () => this.cache.kept(id),
        }),
      place: this.navigation.place,
      recent: this.recent.ids,
      removed: (room) => this.cache.remove(room.id),
    });
    this.cache = new RoomCache(env.cacheStore, clock, {
      heads: () => this.rooms.all.peek().flatMap((room) => room.head ?? []),
      kept: (room) => this.rooms.find(room)?.newest(KEPT_MESSAGES),
    });
    this.actions = new RoomActions({
      rooms: this.rooms,
      navigation: this.navigation,
      clock,
      ask: (event, query) => this.server.ask(event, query),
    });
    this.totals = new Totals(this.rooms.all);
    this.members = new MemberList({ clock, ask: (query) => this.server.ask('members', query) });
    const meLog = new MeLog(
      (event) => {
        applyMeEvent(this.rooms, event);
        if (event.kind === 'room') this.members.changed(event.room);
        this.personal.peek()?.event(event);
        this.cache.headsChanged();
      },
      () => void this.link.hello(),
    );
    const { session, rooms, people, day, cache, members, navigation, recent, toast, preferences } = this;
    this.catchUp = new CatchUp({ preferences, session, rooms, people, day, cache, meLog });
    this.notify = new NotifySettings(env.browserStorage);
    this.notifier = new Notifier({
      clock,
      settings: this.notify,
      storage: env.browserStorage,
      me: () => this.session.me.peek(),
      seen: (room) => this.attention.attentive.peek() && untracked(() => this.visits.shown) === room,
      show: (notice) => env.showNotice(notice, () => this.goToMessage(notice.room, notice.seq)),
      play: env.playSound,
    });
    this.retentions = new Retentions({ rooms, cache, toast });
    this.visits = new RoomVisits({ rooms, navigation, recent, members, cache });
    listen(env.socket, {
      me: this.session.me,
      rooms: this.rooms,
      meLog,
      changed: (room, message, news) => {
        this.cache.roomChanged(room.id);
        this.personal.peek()?.changed(room.id, message);
        this.removeArrived();
        if (news) this.notifier.message(room, message);
        if (news && room === this.rooms.current.peek()) this.announcer.message(message.sender.name, textOrFiles(plainText(message.text, message.mentions), message.files));
      },
      presence: (event) => {
        this.people.changed(event, this.session.me.peek()?.id ?? '');
        this.members.presence(event);
      },
      person: (profile) => this.personChanged(profile),
      place: (place) => this.standing.setPlace(place),
      ended: (end) => this.session.ended(end),
      closing: () => this.connection.serverClosing(),
      kept: (kept) => this.retentions.changed(kept),
      storing: ({ trouble }) => this.connection.storing(trouble),
    });
  }

  /** The last line for screen readers. */
  get announcement(): ReadonlySignal<string> {
    return this.announced;
  }

  get limits(): ReadonlySignal<Limits> {
    return this.catchUp.limits;
  }

  /** The connection, for features that ask the server themselves. */
  get server() {
    return this.link.server;
  }

  async start(): Promise<void> {
    const { attentive } = this.attention;
    const { online } = this.connection;
    effect(() => this.outbox.requestSending(!online.value ? 'no' : attentive.value ? 'now' : 'wait'));
    this.connection.start();
    effect(() => this.visits.update());
    effect(() => {
      const room = this.rooms.current.value;
      if (room?.rows.value.length) this.cache.roomChanged(room.id);
    });
    effect(() => {
      const shown = attentive.value ? this.visits.shown : undefined;
      for (const room of this.rooms.all.value) room.attention(room === shown);
    });
    this.session.remember();
    await this.session.identify();
  }

  /** The computer may have slept, the network may have changed, or another tab may have signed in. */
  wake(): void {
    this.day.update();
    if (this.session.phase.peek() === 'signed-in') this.server.wake();
    else void this.session.identify();
  }

  /** The person pressed a key, clicked or scrolled. */
  acted(): void {
    this.rooms.current.peek()?.readState.acted();
  }

  /** The page was hidden or closes: writes what waits to be written. */
  hidden(): void {
    this.cache.headsChanged();
    this.cache.write();
  }

  /** Sends what the composer holds. `mentioned`: the people of the completed mentions. */
  send(room: Room, text: string, mentioned: readonly Person[] = []): void {
    const editing = room.composing.editing.peek() !== undefined;
    if (text.trim() === '' && (editing || this.attachments.in(room.id).peek().length === 0)) return;
    this.messages.submit(room, text, mentioned, editing ? [] : this.attachments.take(room.id));
  }

  /** Goes to the search. `text` replaces the present one; `room`: within this room. */
  search(text?: string, room?: Room): void {
    const slug = room?.info.slug.peek() ?? room?.name.peek();
    if (text !== undefined) this.searchText.value = text;
    else if (slug !== undefined) this.searchText.value = `in:${/\s/u.test(slug) ? `"${slug}"` : slug} `;
    this.navigation.go({ kind: 'search' });
  }

  private goToMessage(id: string, seq: number): void {
    const room = this.rooms.find(id);
    if (room) this.actions.go(room, seq);
  }

  /** People whose names the page knows: those online and the members of the room. */
  knownPeople(): readonly Person[] {
    return [...this.people.roster.peek().people, ...(this.members.members.peek()?.people ?? [])];
  }

  retryNow(): void {
    const phase = this.session.phase.peek();
    if (phase === 'signed-in') this.server.retryNow();
    else if (phase === 'starting') void this.session.identify();
  }

  /** Draws what this browser kept, before the server answers. */
  private async drawKept(person: Person): Promise<void> {
    this.drafts.begin(person);
    void this.attachments.begin(person);
    void this.outbox.reload();
    const kept = await this.cache.begin(person);
    if (!kept || this.session.me.peek()?.id !== person.id || this.rooms.known.peek()) return;
    this.catchUp.kept(kept.epoch);
    this.rooms.restore(kept.heads);
    this.visits.begin();
  }

  private signedIn(person: Person, previous: Person | undefined): void {
    if (previous && previous.id !== person.id) this.forget();
    if (previous?.id !== person.id) void this.drawKept(person);
    this.connection.begin();
    void this.outbox.reload();
    this.server.open();
  }

  private signedOut(): void {
    this.drafts.clear();
    this.attachments.clear();
    this.cache.clear();
    this.recent.clear();
    this.navigation.replace(HOME);
    this.forget();
  }

  /** Removes the person's rooms from the screen. */
  private forget(): void {
    this.server.close();
    this.outbox.clear();
    this.rooms.clear();
    this.people.clear();
    this.members.show(undefined);
    this.standing.clear();
    this.retentions.clear();
    this.personal.peek()?.clear();
    this.catchUp.reset();
  }

  private personChanged(profile: Profile): void {
    this.people.profile(profile);
    this.members.profile(profile);
    if (profile.id !== this.session.me.peek()?.id) return;
    this.standing.setYou(profile);
    this.session.confirm(personOf(profile));
  }

  /** The server rejected the session or closed the socket. The session may have ended, or the cause may pass. */
  private async rejected(retryAfterMs = 0, reason?: string): Promise<void> {
    const answer = await this.session.check();
    // The person left meanwhile.
    if (this.session.phase.peek() !== 'signed-in') return;
    if (answer.kind === 'out') {
      this.server.close();
      this.session.expire();
    } else {
      if (reason !== undefined) this.connection.rejected(reason);
      this.server.openLater(answer.kind === 'refused' ? answer.err.retry_after_ms : retryAfterMs);
    }
  }

  private welcome(answer: Welcome): void {
    const missed = this.catchUp.welcome(answer);
    this.standing.welcome(answer);
    this.connection.storing(answer.trouble);
    this.retentions.set(answer.kept);
    useEntry(this);
    this.visits.begin();
    this.removeArrived();
    void this.members.load();
    void this.personal.peek()?.load();
    if (!this.connection.online.peek()) this.connection.restored(missed);
    this.outbox.setOnline(true);
  }

  private disconnected(): void {
    this.outbox.setOnline(false);
    for (const room of this.rooms.all.peek()) room.connectionLost();
    this.connection.lost();
  }

  private removeArrived(): void {
    const me = this.session.me.peek()?.id ?? '';
    this.outbox.removeArrived((entry) => hasArrived(entry, this.rooms.find(entry.room), me));
  }
}
