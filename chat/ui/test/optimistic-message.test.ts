import { describe, expect, test } from 'vitest';
import type { ChangeEntry, ChangeOperation } from '../src/outbox/entry';
import { optimisticMessage } from '../src/room/optimistic-message';
import { sendEntry } from './entries';
import { ada, bob, message } from './messages';

function change(operation: ChangeOperation, more: Partial<ChangeEntry> = {}): ChangeEntry {
  const { cmid: _cmid, text: _text, ...tracked } = sendEntry('x');
  return { ...tracked, ...operation, ...more } as ChangeEntry;
}

const shown = (m: ReturnType<typeof message>, ...changes: ChangeEntry[]) => optimisticMessage(m, changes, ada);
const react = (emoji: string, on: boolean) => change({ op: 'react', seq: 1, emoji, on });

describe('a message with changes that have not arrived', () => {
  test('is the same object without changes', () => {
    const m = message(1);
    expect(shown(m)).toBe(m);
  });

  test('has the new text and is edited', () => {
    expect(shown(message(1), change({ op: 'edit', seq: 1, baseVer: 1, text: 'new' }, { at: 9 }))).toMatchObject({
      text: 'new',
      edited_at: 9,
    });
  });

  test('is deleted without text, reactions and pin', () => {
    const m = message(1, { pinned: true, reactions: [{ emoji: '👍', people: [bob], count: 1 }] });
    expect(shown(m, change({ op: 'del', seq: 1 }))).toMatchObject({
      text: '',
      deleted: true,
      pinned: false,
      reactions: [],
    });
  });

  test('gets a reaction, joins one, leaves one', () => {
    expect(shown(message(1), react('👍', true)).reactions).toEqual([{ emoji: '👍', people: [ada], count: 1 }]);
    const liked = message(1, { reactions: [{ emoji: '👍', people: [bob], count: 30 }] });
    expect(shown(liked, react('👍', true)).reactions).toEqual([{ emoji: '👍', people: [bob, ada], count: 31 }]);
    const mine = message(1, { reactions: [{ emoji: '👍', people: [ada], count: 1 }] });
    expect(shown(mine, react('👍', false)).reactions).toEqual([]);
    expect(shown(mine, react('👍', true)).reactions).toEqual(mine.reactions);
    expect(shown(liked, react('👍', false)).reactions).toEqual(liked.reactions);
  });

  test('shows an answered change until its result is here, and a failed one not', () => {
    const pin = (more: Partial<ChangeEntry>) => change({ op: 'pin', seq: 1, on: true }, more);
    expect(shown(message(1, { ver: 4 }), pin({ state: 'sent', ver: 5 })).pinned).toBe(true);
    expect(shown(message(1, { ver: 5 }), pin({ state: 'sent', ver: 5 })).pinned).toBeUndefined();
    expect(shown(message(1), pin({ state: 'failed' })).pinned).toBeUndefined();
  });
});
