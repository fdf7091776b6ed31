import { expect, test } from 'vitest';
import { withMentions, withNames } from '../src/text/mentions';

const ada = { id: 'p1', name: 'Ada' };
const lovelace = { id: 'p2', name: 'Ada Lovelace' };
const people = [ada, lovelace];

test.each([
  ['hi @Ada', 'hi <@p1>', [ada]],
  ['hi @Ada Lovelace!', 'hi <@p2>!', [lovelace]],
  ['@Ada, @Ada Lovelace and @room', '<@p1>, <@p2> and <@room>', [ada, lovelace]],
  ['@Adam', '@Adam', []],
  ['mail@Ada', 'mail@Ada', []],
  ['`@Ada` @Ada', '`@Ada` <@p1>', [ada]],
  ['```\n@Ada\n```', '```\n@Ada\n```', []],
  ['@Bob', '@Bob', []],
  ['<@p1>', '<@p1>', []],
  ['@', '@', []],
  ['@@Ada', '@<@p1>', [ada]],
])('the names in %j become ids', (typed, text, mentions) => {
  expect(withMentions(typed, people)).toEqual({ text, mentions });
});

test('ids become names for the text field, and back', () => {
  const text = 'hi <@p2> and <@room> and <@unknown>';
  expect(withNames(text, people)).toBe('hi @Ada Lovelace and @room and <@unknown>');
  expect(withMentions(withNames(text, people), people).text).toBe(text);
});

test('a person whose name is "room" is mentioned by that name', () => {
  expect(withMentions('@room', [{ id: 'p3', name: 'room' }]).text).toBe('<@p3>');
});
