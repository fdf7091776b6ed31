import { beforeEach, describe, expect, test } from 'vitest';
import type { MeEvent } from '../src/net/contract';
import type { Saved, Scheduled } from '../src/net/personal-contract';
import { PersonalLists } from '../src/personal/personal-lists';
import { settle } from './manual-clock';
import { message } from './messages';

let asked: [string, unknown][];
let answers: Map<string, unknown>;
let release: (() => void) | undefined;
let reminded: Saved[];
let failed: Scheduled[];
let lists: PersonalLists;

const saved = (seq: number, more: Partial<Saved> = {}): Saved => ({ room: 'r', seq, saved_at: seq, ...more });
const scheduled = (cmid: string, at: number, more: Partial<Scheduled> = {}): Scheduled => ({
  room: 'r',
  cmid,
  text: cmid,
  send_at: at,
  ...more,
});
const savedEvent = (ver: number, seq: number, now?: Saved, reminds = false): MeEvent => ({
  ver,
  room: 'r',
  kind: 'saved',
  seq,
  ...(now && { saved: now }),
  ...(reminds && { reminds }),
});
const laterEvent = (ver: number, cmid: string, now?: Scheduled): MeEvent => ({
  ver,
  room: 'r',
  kind: 'later',
  cmid,
  ...(now && { scheduled: now }),
});
const seqs = () => lists.saved.value.map(({ seq }) => seq);
const cmids = () => lists.scheduled.value.map(({ cmid }) => cmid);

beforeEach(() => {
  asked = [];
  reminded = [];
  failed = [];
  release = undefined;
  answers = new Map<string, unknown>([
    ['personal', { ok: true, me_ver: 5, saved: [saved(1), saved(3)], scheduled: [scheduled('late', 900), scheduled('soon', 800)] }],
  ]);
  lists = new PersonalLists({
    ask: async (event, query) => {
      asked.push([event, query]);
      if (event === 'personal' && release === undefined) await new Promise<void>((resume) => (release = resume));
      return (answers.get(event) ?? { ok: true }) as never;
    },
    reminded: (each) => reminded.push(each),
    failed: (each) => failed.push(each),
    toggled: () => undefined,
  });
});

/** Loads the lists; `before` runs while the answer is on its way. */
async function load(before: () => void = () => undefined) {
  const loading = lists.load();
  await settle();
  before();
  release?.();
  await loading;
}

describe('the lists', () => {
  test('show the last saved first, and the next message first', async () => {
    await load();
    expect(seqs()).toEqual([3, 1]);
    expect(cmids()).toEqual(['soon', 'late']);
    expect(lists.of('r', 3)).toEqual(saved(3));
    expect(lists.of('other', 3)).toBeUndefined();
  });

  test('follow the events', async () => {
    await load();
    lists.event(savedEvent(6, 7, saved(7)));
    lists.event(savedEvent(7, 3));
    lists.event(laterEvent(8, 'soon'));
    lists.event(laterEvent(9, 'late', scheduled('late', 5)));
    expect(seqs()).toEqual([7, 1]);
    expect(lists.scheduled.value).toEqual([scheduled('late', 5)]);
  });

  test('take events that came before the answer once, and leave out what the answer has', async () => {
    await load(() => {
      lists.event(savedEvent(5, 1));
      lists.event(savedEvent(6, 9, saved(9)));
    });
    expect(seqs()).toEqual([9, 3, 1]);
  });

  test('of an answer that comes late do not undo an event', async () => {
    await load();
    release = undefined;
    await load(() => lists.event(savedEvent(6, 3)));
    expect(seqs()).toEqual([1]);
  });

  test('are empty for the next person', async () => {
    await load();
    lists.clear();
    expect([seqs(), cmids(), lists.known.value]).toEqual([[], [], false]);
  });
});

describe('reminders', () => {
  test('that are due come first, count, and are told once', async () => {
    await load();
    lists.event(savedEvent(6, 1, saved(1, { remind_at: 9, due: true }), true));
    expect(seqs()).toEqual([1, 3]);
    expect(lists.due.value).toBe(1);
    expect(reminded).toHaveLength(1);
    lists.event(savedEvent(6, 1, saved(1, { remind_at: 9, due: true }), true));
    expect(reminded).toHaveLength(1);
    lists.event(savedEvent(7, 1, saved(1, { remind_at: 99 })));
    expect(lists.due.value).toBe(0);
  });
});

describe('scheduled messages', () => {
  test('that were refused come first, count, and are told', async () => {
    await load();
    const refused = scheduled('late', 900, { failure: { code: 'muted', message: 'You are muted.' } });
    lists.event(laterEvent(6, 'late', refused));
    expect(cmids()).toEqual(['late', 'soon']);
    expect(lists.refused.value).toBe(1);
    expect(failed).toEqual([refused]);
  });

  test('say why the server refused an action', async () => {
    answers.set('later.send', { err: { code: 'muted', message: 'You are muted.', permanent: true } });
    expect(await lists.sendNow('soon')).toBe('You are muted.');
    expect(await lists.cancel('soon')).toBeUndefined();
    expect(asked.map(([event]) => event)).toEqual(['later.send', 'later.cancel']);
  });
});

describe('the texts', () => {
  test('are read once, and those that are not given are gone', async () => {
    await load();
    answers.set('saved.read', { ok: true, results: [{ room: 'r', m: message(3) }] });
    await lists.readTexts(lists.saved.value);
    await lists.readTexts(lists.saved.value);
    expect(asked.filter(([event]) => event === 'saved.read')).toHaveLength(1);
    expect([...lists.texts.value]).toEqual([
      ['r/3', message(3)],
      ['r/1', 'gone'],
    ]);
  });

  test('change with the messages, and are read again after the person left or entered the room', async () => {
    await load();
    answers.set('saved.read', { ok: true, results: [{ room: 'r', m: message(3) }] });
    await lists.readTexts(lists.saved.value);
    lists.changed('r', message(3, { text: '', deleted: true }));
    lists.changed('r', message(8));
    expect(lists.texts.value.get('r/3')).toMatchObject({ deleted: true });
    expect(lists.texts.value.has('r/8')).toBe(false);
    lists.event({ ver: 6, room: 'r', kind: 'left' });
    expect(lists.texts.value.size).toBe(0);
  });
});
