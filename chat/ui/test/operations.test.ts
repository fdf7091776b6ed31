import { expect, test } from 'vitest';
import type { ChangeEntry, ChangeOperation } from '../src/outbox/entry';
import type { Room } from '../src/room/room';
import { hasArrived, sendOperation } from '../src/store/operations';
import { sendEntry } from './entries';
import { bob } from './messages';

function change(operation: ChangeOperation, more: Partial<ChangeEntry> = {}): ChangeEntry {
  const { cmid: _cmid, text: _text, ...tracked } = sendEntry('x');
  return { ...tracked, ...operation, ...more } as ChangeEntry;
}

const pin = (more: Partial<ChangeEntry>) => change({ op: 'pin', seq: 1, on: true }, more);
const roomAt = (version: number | undefined) =>
  ({ version, holds: (cmid: string) => cmid === 'there' }) as unknown as Room;

test.each([
  [
    sendEntry('c1', { text: 'hi', replyTo: { seq: 7, sender: bob, text: 'q' } }),
    ['msg.send', { room: 'general', cmid: 'c1', text: 'hi', reply_to: 7 }],
  ],
  [sendEntry('c1', { text: 'hi' }), ['msg.send', { room: 'general', cmid: 'c1', text: 'hi' }]],
  [
    change({ op: 'edit', seq: 1, baseVer: 4, text: 'new' }),
    ['msg.edit', { room: 'general', seq: 1, base_ver: 4, text: 'new' }],
  ],
  [change({ op: 'del', seq: 1 }), ['msg.del', { room: 'general', seq: 1 }]],
  [
    change({ op: 'react', seq: 1, emoji: '👍', on: false }),
    ['react', { room: 'general', seq: 1, emoji: '👍', on: false }],
  ],
  [pin({}), ['pin', { room: 'general', seq: 1, on: true }]],
])('%j is sent as its request', async (entry, request) => {
  const asked: unknown[] = [];
  const ask = async (...sent: unknown[]) => asked.push(sent);
  await sendOperation({ ask } as never, entry);
  expect(asked).toEqual([request]);
});

test('a message has arrived when the room holds it', () => {
  expect(hasArrived(sendEntry('there'), roomAt(5), 'a')).toBe(true);
  expect(hasArrived(sendEntry('away', { state: 'sent', ver: 5 }), roomAt(5), 'a')).toBe(false);
});

test('a change has arrived when it was answered and the room has its version', () => {
  expect(hasArrived(pin({ state: 'sent', ver: 5 }), roomAt(5), 'a')).toBe(true);
  expect(hasArrived(pin({ state: 'sent', ver: 6 }), roomAt(5), 'a')).toBe(false);
  expect(hasArrived(pin({ state: 'sending' }), roomAt(9), 'a')).toBe(false);
  expect(hasArrived(pin({ state: 'sent', ver: 6 }), roomAt(undefined), 'a')).toBe(true);
  expect(hasArrived(pin({ state: 'sent', ver: 6 }), undefined, 'a')).toBe(true);
});
