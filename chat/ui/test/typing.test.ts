import { expect, test } from 'vitest';
import { SHOWN_MS, stillTyping, typed, typingLine, type Typists, wrote } from '../src/presence/typing';

const none: Typists = new Map();

test('someone who types is shown for six seconds from the last word', () => {
  const once = typed(none, { id: 'a', name: 'Ada' }, 0);
  const twice = typed(once, { id: 'a', name: 'Ada' }, 3000);
  expect(typingLine(stillTyping(once, SHOWN_MS - 1))).toBe('Ada is typing…');
  expect(typingLine(stillTyping(once, SHOWN_MS))).toBe('');
  expect(typingLine(stillTyping(twice, SHOWN_MS))).toBe('Ada is typing…');
});

test('whose message arrives does not type any more', () => {
  expect(typingLine(wrote(typed(none, { id: 'a', name: 'Ada' }, 0), 'a'))).toBe('');
});

test('several are named, many are not', () => {
  let typists = none;
  for (const name of ['A', 'B']) typists = typed(typists, { id: name, name }, 0);
  expect(typingLine(typists)).toBe('A and B are typing…');
  for (const name of ['C', 'D']) typists = typed(typists, { id: name, name }, 0);
  expect(typingLine(typists)).toBe('Several people are typing…');
});
