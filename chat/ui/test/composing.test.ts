import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { reactionNames } from '../src/message/Reactions';
import { editLastOwn } from '../src/composer/edit-last-own';
import { Composing } from '../src/room/composing';
import { timelineRows } from '../src/room/timeline-rows';
import { Toast, UNDO_MS } from '../src/store/toast';
import { sendEntry } from './entries';
import { ManualClock } from './manual-clock';
import { ada, bob, message } from './messages';

const editing = { seq: 1, baseVer: 1, original: 'a', mentions: [] };

test('the composer leaves the edit first, then the reply', () => {
  const composing = new Composing();
  composing.reply(message(3, { text: 'x'.repeat(200) }));
  expect(composing.replyTo.value?.text).toHaveLength(140);
  composing.beginEdit(editing, 'a');
  expect(composing.leave()).toBe(true);
  expect([composing.editing.value, composing.replyTo.value?.seq]).toEqual([undefined, 3]);
  expect(composing.leave()).toBe(true);
  expect(composing.leave()).toBe(false);
});

test('a reply ends an edit', () => {
  const composing = new Composing();
  composing.beginEdit(editing, 'a');
  composing.reply(message(3));
  expect(composing.editing.value).toBeUndefined();
});

test('the names of a reaction begin with oneself, and the unnamed are counted', () => {
  const cem = { id: 'c', name: 'Cem', hue: 2 };
  const names = (people: (typeof cem)[], count: number) => reactionNames({ emoji: '👍', people, count }, ada);
  expect(names([ada], 1)).toBe('You');
  expect(names([bob, ada], 2)).toBe('You and Bob');
  expect(names([bob, cem], 2)).toBe('Bob and Cem');
  expect(names([bob, cem, ada], 30)).toBe('You, Bob and 28 others');
});

test('an action of a toast is offered for five seconds', async () => {
  const clock = new ManualClock();
  const toast = new Toast(clock);
  toast.show('Message deleted', { label: 'Undo', run: () => undefined });
  await clock.go(UNDO_MS - 1);
  expect(toast.action.value?.label).toBe('Undo');
  await clock.go(1);
  expect([toast.text.value, toast.action.value]).toEqual(['', undefined]);
});

test('the newest own message is edited, and no older one while it is on its way', () => {
  const edited: (number | undefined)[] = [];
  const edit = (pending: string[], own = ada) => {
    const messages = [message(1, { sender: own }), message(2, { sender: own, deleted: true, text: '' }), message(3)];
    const rows = timelineRows({ messages, pending: pending.map((id) => sendEntry(id)), me: ada, newAfter: undefined });
    return editLastOwn({ rows: signal(rows) } as never, ({ seq }) => edited.push(seq));
  };
  expect(edit([])).toBe(true);
  expect(edit(['x'])).toBe(true);
  expect(edit([], bob)).toBe(false);
  expect(edited).toEqual([1]);
});
