import { computed, effect, signal } from '@preact/signals';
import { type Cancel, systemClock } from '../net/clock';
import type { Person, Refusal, Welcome } from '../net/contract';
import { uuid } from '../net/ids';
import { Link } from '../net/link';
import { signIn, signOut, whoAmI } from '../net/session';
import type { Entry } from '../outbox/entry';
import { Outbox } from '../outbox/outbox';
import { indexedStore } from '../outbox/store';
import { lead, tabChannel } from '../outbox/tabs';
import { change, EMPTY, GATHER_MS, notice, snapshot } from '../presence/roster';
import { TELL_MS } from '../presence/typing';
import { begin, closing, lost, nextChange, refused, restored, type StripView, view } from '../strip/strip';
import { Announcer } from '../timeline/announcer';
import { attentive } from './attention';
import * as local from './local';
import { Room } from './room';

/** Everything the page knows, and what a person can do with it. The parts are pure; this ties them to the line. */

const clock = systemClock;

/** `again`: the session ended while the page was open; what was typed stays. */
export type Phase = 'starting' | 'name' | 'again' | 'in';

export const phase = signal<Phase>('starting');
export const me = signal<Person | undefined>(undefined);
export const limits = signal({ message: 8000, name: 32 });
export const roster = signal(EMPTY);
export const notices = signal<string | undefined>(undefined);
export const entries = signal<readonly Entry[]>([]);
export const announcement = signal('');
export const rooms = signal<readonly Room[]>([]);
export const room = computed(() => rooms.value[0]);

const link = signal(begin(clock.now()));
const moment = signal(clock.now());
/** The server does not speak with this page any more: only a reload helps. */
const outdated = signal(false);
export const strip = computed((): StripView => {
  if (outdated.value) return { kind: 'update' };
  return view(link.value, Math.max(moment.value, link.value.downSince));
});
export const online = computed(() => link.value.up);

let epoch: string | undefined;
let stripTimer: Cancel | undefined;
let noticeTimer: Cancel | undefined;
let toldTypingAt = 0;
let identifying: Cancel | undefined;

const line = new Link({
  connected: () => void hello(),
  disconnected,
  refused: (ms, why) => void recheck(ms, why),
  barred,
});
const tellTabs = tabChannel('natter-outbox', () => void loadOutbox());
const outbox = new Outbox({
  clock,
  random: Math.random,
  store: indexedStore(),
  uuid,
  post: (entry) => line.ask('msg.send', { room: entry.room, cmid: entry.cmid, text: entry.text }),
  changed: (stored) => {
    entries.value = outbox.entries;
    if (stored) tellTabs();
  },
  answered: (entry, receipt) => find(entry.room)?.keeper.expect(receipt.ver),
});
const announcer = new Announcer(clock, (text) => {
  announcement.value = text;
});

/** Starts the page: who am I, then the line. */
export async function start(): Promise<void> {
  lead('natter-outbox', () => {
    outbox.setLeading(true);
    void loadOutbox();
  });
  listen();
  watchStrip();
  effect(() => {
    const looking = attentive.value;
    for (const r of rooms.value) r.attention(looking);
  });
  addEventListener('online', () => retryNow());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    // Another tab may have joined meanwhile.
    if (phase.value === 'again' || phase.value === 'name') void identify();
    else retryNow();
  });
  await identify();
}

async function identify(): Promise<void> {
  identifying?.();
  const answer = await whoAmI();
  if (answer.kind === 'in') await enter(answer.me);
  else if (answer.kind === 'out') phase.value = me.value ? 'again' : 'name';
  else identifying = clock.after(2_000, () => void identify());
}

/** Takes the name. Undefined when that went well, otherwise what to tell. */
export async function join(name: string): Promise<Pick<Refusal, 'message'> | undefined> {
  const answer = await signIn(name);
  switch (answer.kind) {
    case 'in':
      local.rememberName(answer.me.name);
      await enter(answer.me);
      return undefined;
    case 'refused':
      return answer.err;
    case 'out':
      return { message: 'The server did not accept this. Please try again.' };
    case 'offline':
      return { message: 'The server does not answer. Check your connection and try again.' };
  }
}

export async function leave(): Promise<void> {
  if (!(await signOut())) return;
  line.close();
  outbox.setOnline(false);
  outbox.forget();
  me.value = undefined;
  rooms.value = [];
  roster.value = EMPTY;
  epoch = undefined;
  phase.value = 'name';
}

export function send(text: string): void {
  const here = room.value;
  if (!here || text.trim() === '') return;
  outbox.add(here.id, text);
  here.wrote();
}

export const retry = (cmid: string) => outbox.retry(cmid);
export const discard = (cmid: string) => outbox.discard(cmid);

export function retryNow(): void {
  if (phase.value === 'in') line.retry();
  else if (phase.value === 'starting') void identify();
}

/** Somebody types here; told to the others now and then. */
export function typing(): void {
  const now = clock.now();
  if (!room.value || now - toldTypingAt < TELL_MS) return;
  toldTypingAt = now;
  line.typing(room.value.id);
}

async function enter(person: Person): Promise<void> {
  if (me.value && me.value.id !== person.id) rooms.value = [];
  me.value = person;
  link.value = { ...begin(clock.now()), everUp: link.value.everUp };
  phase.value = 'in';
  await outbox.load(person);
  line.open();
}

/** The server said no, or closed the socket: is the session gone, or was it something that passes? */
async function recheck(retryAfterMs = 0, why?: string): Promise<void> {
  const answer = await whoAmI();
  if (answer.kind === 'out') {
    line.close();
    phase.value = 'again';
  } else {
    if (why !== undefined) link.value = refused(link.value, why);
    line.later(answer.kind === 'refused' ? answer.err.retry_after_ms : retryAfterMs);
  }
}

async function hello(): Promise<void> {
  const versions = Object.fromEntries(rooms.value.filter((r) => r.keeper.log.ready).map((r) => [r.id, r.keeper.log.ver]));
  try {
    const answer = await line.ask('hello', {
      proto: 1,
      device: local.device(uuid),
      ...(epoch === undefined ? {} : { epoch }),
      rooms: versions,
    });
    if (answer.ok === true) welcome(answer);
    else {
      line.close();
      if (answer.err.code === 'no_session') void recheck();
      else if (answer.err.permanent) outdated.value = true;
      else line.later(answer.err.retry_after_ms);
    }
  } catch {
    // No answer: a fresh connection is the way to a fresh `hello`.
    if (line.socket.connected) {
      line.close();
      line.later();
    }
  }
}

function welcome(answer: Welcome): void {
  line.settled();
  if (epoch !== undefined && epoch !== answer.epoch) for (const r of rooms.value) r.reset();
  epoch = answer.epoch;
  me.value = answer.me;
  limits.value = answer.limits;
  const known = new Map(rooms.value.map((r) => [r.id, r]));
  const next = answer.rooms.map((head) => known.get(head.id) ?? newRoom(head.id));
  let missed = 0;
  answer.rooms.forEach((head, i) => {
    missed += next[i]?.welcome(head, answer.delta[head.id]) ?? 0;
  });
  if (next.length !== known.size || next.some((r) => !known.has(r.id))) rooms.value = next;
  settleArrived();
  roster.value = snapshot(roster.value, answer.online, answer.count);
  link.value = restored(link.value, clock.now(), missed);
  outbox.setOnline(true);
}

function newRoom(id: string): Room {
  return new Room(id, { clock, ask: (event, query) => line.ask(event, query), me, entries, attentive });
}

function disconnected(): void {
  outbox.setOnline(false);
  for (const r of rooms.value) r.keeper.offline();
  link.value = lost(link.value, clock.now());
}

function barred(why: string | undefined): void {
  link.value = refused(link.value, why && `The server refuses this page: ${why}. It is tried again.`);
}

function listen(): void {
  line.socket.on('ev', (event) => {
    const here = find(event.room);
    if (!here) return;
    const own = event.m.sender.id === me.value?.id;
    const news = !own && event.seq > here.keeper.log.lastSeq;
    here.event(event);
    if (own) settleArrived();
    if (news) announcer.message(event.m.sender.name, event.m.text);
  });
  line.socket.on('presence', (event) => {
    roster.value = change(roster.value, event, me.value?.id ?? '', clock.now());
    showNotice();
  });
  line.socket.on('typing', ({ room: id, who }) => {
    if (who.id !== me.value?.id) find(id)?.typed(who);
  });
  line.socket.on('server.closing', () => {
    link.value = closing(link.value);
  });
}

/** What is in the log needs no outbox any more, whatever became of its answer. */
function settleArrived(): void {
  for (const entry of outbox.entries) {
    const log = find(entry.room)?.keeper.log;
    if (log?.messages.some((m) => m.cmid === entry.cmid && m.sender.id === me.value?.id)) outbox.arrived(entry.cmid);
  }
}

function showNotice(): void {
  const now = clock.now();
  notices.value = notice(roster.value.lately, now);
  noticeTimer?.();
  const oldest = roster.value.lately.filter((s) => now - s.at < GATHER_MS).at(-1);
  noticeTimer = oldest ? clock.after(oldest.at + GATHER_MS - now, showNotice) : undefined;
}

function watchStrip(): void {
  effect(() => {
    const history = link.value;
    stripTimer?.();
    const look = () => {
      const now = clock.now();
      moment.value = now;
      const ms = nextChange(history, now);
      stripTimer = ms === undefined ? undefined : clock.after(ms, look);
    };
    look();
  });
}

function find(id: string): Room | undefined {
  return rooms.value.find((r) => r.id === id);
}

async function loadOutbox(): Promise<void> {
  if (me.value) await outbox.load(me.value);
}
