import { expect, test } from 'vitest';
import { sendableText } from '../src/composer/sendable-text';

test.each([
  '',
  ' ',
  '\n\n\t\r\n',
  '\u00a0\u2003\u3000',
  '\u200b',
  '\u200b \u2060\n\ufeff',
  '\u00ad',
  '\u034f',
  '\u115f\u1160\u3164\uffa0',
  '\u17b4\u17b5',
  '\u180e\u180b',
  '\u2800',
  '\ufe0f',
  '\u{e0100}',
  '\u202e\u202c',
  '\u{1d159}',
  '\u{e0041}',
  '\u0000\u0007',
])('nothing goes out of %j, which draws nothing', (text) => {
  expect(sendableText(text)).toBe('');
});

test.each(['a', ' a', '.', '\u0301', '❤️', '👩‍❤️‍💋‍👨', '\ufffc', '\u2800x', 'ا\u200c', '\u202eabc', '  indented\n    code'])('%j goes out as it is', (text) => {
  expect(sendableText(text)).toBe(text);
});

test.each([
  ['hello\n\n\n', 'hello'],
  ['hello\n \u200b\n\t\n', 'hello'],
  ['hello  ', 'hello  '],
  ['a\n\n\nb\n', 'a\n\n\nb'],
  ['\n\na', '\n\na'],
  ['❤️\n', '❤️'],
])('line breaks at the end of %j are cut', (typed, sent) => {
  expect(sendableText(typed)).toBe(sent);
});

test('is found in one go through the text', () => {
  expect(sendableText('\n'.repeat(100_000))).toBe('');
  expect(sendableText(`a${'\n\u200b'.repeat(100_000)}`)).toBe('a');
});
