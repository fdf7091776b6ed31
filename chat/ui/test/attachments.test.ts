import { beforeEach, describe, expect, test } from 'vitest';
import type { KeyValueStorage } from '../src/browser/key-value-storage';
import { attachedList, attachedTokens } from '../src/files/attached-list';
import { Attachments, MAX_BYTES } from '../src/files/attachments';
import { Uploader, type UploadAnswer } from '../src/files/uploader';
import type { Answer } from '../src/net/contract';
import type { SendEntry } from '../src/outbox/entry';
import type { Done } from '../src/outbox/sender';
import { ManualClock, settle } from './manual-clock';
import { MemoryBlobs } from './memory-blobs';
import { MemoryStorage } from './memory-storage';
import { ada } from './messages';

let clock: ManualClock;
let blobs: MemoryBlobs;
let tab: KeyValueStorage;
let asked: unknown[];
let answers: Answer<Done>[];
let begun: string[];
let cancelled: string[];
let refuse: boolean;
let attachments: Attachments;

function open(): Attachments {
  let ids = 0;
  const state = (token: string, size: number): UploadAnswer => ({
    kind: 'state',
    id: `id-${token}`,
    offset: size,
    file: { id: `id-${token}`, name: 'a', type: 'x', size },
  });
  return new Attachments({
    clock,
    uuid: () => `t${++ids}`,
    blobs,
    kept: attachedList(tab),
    measure: async ({ type }) => (type === 'image/png' ? { width: 3, height: 2 } : undefined),
    objectUrl: () => 'blob:x',
    uploader: async (progress) =>
      new Uploader({
        clock,
        random: () => 0.5,
        progress,
        api: {
          begin: async (token, _, size) => {
            begun.push(token);
            return refuse ? { kind: 'refused', err: { code: 'quota', message: 'Too much.', permanent: true } } : state(token, size);
          },
          append: async (id) => state(id, 1),
          cancel: async (id) => void cancelled.push(id),
        },
      }),
    ask: async (query) => {
      asked.push(query);
      return answers.shift() ?? { ok: true, ver: 1 };
    },
  });
}

beforeEach(() => {
  clock = new ManualClock();
  blobs = new MemoryBlobs();
  tab = new MemoryStorage();
  asked = [];
  answers = [];
  begun = [];
  cancelled = [];
  refuse = false;
  attachments = open();
});

const file = (name: string, content: string, type = '') => new File([content], name, { type });
const entry = (files: SendEntry['files']): SendEntry =>
  ({ op: 'send', room: 'r', cmid: 'c', text: 'hi', ...(files && { files }) }) as SendEntry;

describe('files in the composer', () => {
  test('are measured and sent at once', async () => {
    expect(await attachments.add('r', [file('a.png', 'x', 'image/png')])).toBeUndefined();
    await settle();
    expect(attachments.in('r').value).toMatchObject([{ token: 't1', name: 'a.png', size: 1, width: 3, height: 2 }]);
    expect(attachments.progress('t1').value.state).toBe('done');
    expect(attachments.in('other').value).toEqual([]);
  });

  test('are refused when they are empty or too large', async () => {
    expect(await attachments.add('r', [file('a', '')])).toBe('a is empty.');
    const large = file('b', 'x');
    Object.defineProperty(large, 'size', { value: MAX_BYTES + 1 });
    expect(await attachments.add('r', [large, file('c', 'x')])).toBe('b is too large. A file has at most 25 MB.');
    expect(attachments.in('r').value.map(({ name }) => name)).toEqual(['c']);
  });

  test('are ten at most', async () => {
    const many = Array.from({ length: 12 }, (_, i) => file(`${i}`, 'x'));
    expect(await attachments.add('r', many)).toBe('A message has at most 10 files.');
    expect(attachments.in('r').value).toHaveLength(10);
  });

  test('say why they failed, and can be tried again', async () => {
    refuse = true;
    await attachments.add('r', [file('a', 'x')]);
    await settle();
    expect(attachments.progress('t1').value).toEqual({ state: 'failed', sent: 0, reason: 'Too much.' });
    refuse = false;
    attachments.retry('r', 't1');
    await settle();
    expect(attachments.progress('t1').value.state).toBe('done');
  });
});

describe('a message with files', () => {
  test('is sent after them, and keeps them in the browser until then', async () => {
    await attachments.add('r', [file('a', 'x')]);
    attachments.describe('r', 't1', 'a plan');
    const files = attachments.take('r');
    expect(attachments.in('r').value).toEqual([]);
    await settle();
    expect([...blobs.kept.keys()]).toEqual(['t1']);
    expect((await attachments.send(entry(files))).ok).toBe(true);
    expect(asked).toEqual([{ room: 'r', cmid: 'c', text: 'hi', files: [{ id: 'id-t1', alt: 'a plan' }] }]);
    attachments.drop(['t1'], true);
    expect(blobs.kept.size).toBe(0);
  });

  test('is sent after a reload from what the browser kept', async () => {
    await attachments.add('r', [file('a', 'x')]);
    const files = attachments.take('r');
    await settle();
    attachments = open();
    expect((await attachments.send(entry(files))).ok).toBe(true);
  });

  test('whose files are gone from the browser is refused for ever', async () => {
    const answer = await attachments.send(entry([{ token: 'lost', name: 'a', type: '', size: 1 }]));
    expect(answer).toMatchObject({ err: { code: 'file_lost', permanent: true } });
    expect(asked).toEqual([]);
  });

  test('whose files the server has forgotten sends them again', async () => {
    await attachments.add('r', [file('a', 'x')]);
    const files = attachments.take('r');
    answers = [{ err: { code: 'file_unknown', message: 'Gone.', permanent: true } }];
    expect(await attachments.send(entry(files))).toMatchObject({ err: { permanent: false } });
    expect((await attachments.send(entry(files))).ok).toBe(true);
    expect(begun).toEqual(['t1', 't1']);
  });

  test('goes back into the composer', async () => {
    await attachments.add('r', [file('a', 'x')]);
    const files = attachments.take('r');
    await attachments.putBack('r', files);
    expect(attachments.in('r').value.map(({ name }) => name)).toEqual(['a']);
  });
});

test('files of a scheduled message leave the composer without an end of their uploads, and can come back', async () => {
  await attachments.add('r', [file('a', 'x')]);
  attachments.describe('r', 't1', 'a plan');
  const files = attachments.in('r').value;
  expect(await attachments.upload(files)).toEqual({ ok: true, files: [{ id: 'id-t1', alt: 'a plan' }] });
  attachments.remove('r', 't1', true);
  await settle();
  expect(attachments.in('r').value).toEqual([]);
  expect(cancelled).toEqual([]);
  attachments.restore('r', files);
  await settle();
  expect(attachments.in('r').value).toMatchObject([{ token: 't1', name: 'a', alt: 'a plan' }]);
  expect(attachments.progress('t1').value.state).toBe('done');
  expect(begun).toEqual(['t1', 't1']);
});

describe('files that are not sent', () => {
  const reloaded = async (person = ada) => {
    attachments = open();
    await attachments.begin(person);
    await settle();
    return attachments.in('r').value.map(({ name, alt }) => [name, alt]);
  };

  beforeEach(async () => {
    await attachments.begin(ada);
    await attachments.add('r', [file('a', 'x'), file('b', 'y')]);
    attachments.describe('r', 't2', 'a plan');
    await settle();
  });

  test('survive a reload, and their uploads go on', async () => {
    begun = [];
    expect(await reloaded()).toEqual([
      ['a', undefined],
      ['b', 'a plan'],
    ]);
    expect(begun).toEqual(['t1', 't2']);
    expect(attachedTokens(tab)).toEqual(['t1', 't2']);
  });

  test('that were removed or sent do not come back', async () => {
    attachments.remove('r', 't1');
    await settle();
    expect(await reloaded()).toEqual([['b', 'a plan']]);
    attachments.take('r');
    expect(await reloaded()).toEqual([]);
  });

  test('come back to a session of the same name, and to no other person', async () => {
    expect(await reloaded({ ...ada, id: 'a2' })).toEqual([
      ['a', undefined],
      ['b', 'a plan'],
    ]);
    expect(await reloaded({ id: 'e', name: 'Eve', hue: 1 })).toEqual([]);
    expect(await reloaded({ ...ada, id: 'a2' })).toEqual([]);
  });

  test('are removed when the person leaves', async () => {
    attachments.clear();
    await settle();
    expect(blobs.kept.size).toBe(0);
    expect(await reloaded()).toEqual([]);
  });

  test('whose content the browser lost are left out', async () => {
    blobs.kept.delete('t1');
    expect(await reloaded()).toEqual([['b', 'a plan']]);
  });
});
