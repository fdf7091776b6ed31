import { beforeEach, expect, test } from 'vitest';
import { type DraftRecord, DraftStorage } from '../src/store/draft-storage';
import { Drafts } from '../src/store/drafts';
import { settle } from './manual-clock';
import { MemoryRecords } from './memory-records';
import { MemoryStorage } from './memory-storage';
import { ada, bob } from './messages';

let browser: MemoryRecords<DraftRecord>;

beforeEach(() => {
  browser = new MemoryRecords();
});

/** The drafts of a tab; `own` is what the tab kept. */
async function tab(person = ada, own = new MemoryStorage()): Promise<Drafts> {
  const drafts = new Drafts(new DraftStorage(own, browser));
  drafts.begin(person);
  await settle();
  return drafts;
}

async function written(drafts: Drafts, text: string): Promise<void> {
  drafts.write('general', text);
  await settle();
}

const draft = (drafts: Drafts) => drafts.text('general').value;

test('keeps a draft when the page or the tab closes', async () => {
  const own = new MemoryStorage();
  await written(await tab(ada, own), 'half a\nsentence');
  expect(draft(await tab(ada, own))).toBe('half a\nsentence');
  const fresh = await tab();
  expect(draft(fresh)).toBe('half a\nsentence');
  expect(fresh.text('other').value).toBe('');
  expect([...fresh.rooms.value]).toEqual(['general']);
});

test('a tab that sends removes only its own draft', async () => {
  const one = await tab();
  const twosOwn = new MemoryStorage();
  const two = await tab(ada, twosOwn);
  await written(one, 'from one');
  await written(two, 'from two');
  await written(one, '');
  expect(draft(await tab(ada, twosOwn))).toBe('from two');
  expect(draft(await tab())).toBe('from two');
});

test('a tab does not replace the draft of another tab', async () => {
  const ones = new MemoryStorage();
  await written(await tab(ada, ones), 'from one');
  await written(await tab(), 'from two');
  expect(draft(await tab(ada, ones))).toBe('from one');
});

test('what is typed while the browser reads its drafts stays', async () => {
  await written(await tab(), 'old');
  const drafts = new Drafts(new DraftStorage(new MemoryStorage(), browser));
  drafts.begin(ada);
  drafts.write('general', 'new');
  await settle();
  expect(draft(drafts)).toBe('new');
});

test('a sent draft is removed, in this tab and for the next', async () => {
  const own = new MemoryStorage();
  const drafts = await tab(ada, own);
  await written(drafts, 'te');
  await written(drafts, 'text');
  await written(drafts, '');
  expect(draft(await tab(ada, own))).toBe('');
  expect(browser.kept.size).toBe(0);
});

test('removes the drafts of an earlier person', async () => {
  const own = new MemoryStorage();
  await written(await tab(ada, own), 'a secret');
  expect(draft(await tab(bob, own))).toBe('');
  expect([...own.kept.values(), ...[...browser.kept.values()].map((r) => r.text)].join()).not.toContain('a secret');
  expect(draft(await tab(ada, own))).toBe('');
});

test('clear removes the drafts of the person', async () => {
  const own = new MemoryStorage();
  const drafts = await tab(ada, own);
  await written(drafts, 'a secret');
  drafts.clear();
  await settle();
  expect([...own.keys(), ...browser.kept.keys()]).toEqual([]);
  await written(drafts, 'typed while nobody is signed in');
  expect([...own.keys(), ...browser.kept.keys()]).toEqual([]);
});

test('an ended session passes its draft to the next one with the same name', async () => {
  await written(await tab(), 'half a sentence');
  expect(draft(await tab({ id: 'a2', name: 'Ada', hue: 0 }))).toBe('half a sentence');
  expect([...browser.kept.keys()]).toEqual(['a2/general']);
});
