import { expect, test } from 'vitest';
import { linkify } from '../src/timeline/links';

const links = (text: string) => linkify(text).flatMap((p) => (typeof p === 'string' ? [] : [p.href]));
const whole = (text: string) =>
  linkify(text)
    .map((p) => (typeof p === 'string' ? p : p.text))
    .join('');

test.each([
  ['see https://example.org/a?b=c#d now', ['https://example.org/a?b=c#d']],
  ['www.example.org', ['https://www.example.org/']],
  ['mailto:ada@example.org', ['mailto:ada@example.org']],
  ['http://localhost:3000/', ['http://localhost:3000/']],
  ['(https://example.org/a_(b)) and https://example.org.', ['https://example.org/a_(b)', 'https://example.org/']],
  ['"https://example.org/x", she said', ['https://example.org/x']],
  ['two: http://a.example http://b.example', ['http://a.example/', 'http://b.example/']],
])('finds the addresses in %j', (text, found) => {
  expect(links(text)).toEqual(found);
  expect(whole(text)).toBe(text);
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'https://', 'https://nodots', 'xhttp://example.org', 'file:///etc/passwd', 'mailto:nobody', 'plain <b>text</b>'])(
  'leaves %j as text',
  (text) => {
    expect(linkify(text)).toEqual([text]);
  },
);

test('text without anything is no piece at all', () => {
  expect(linkify('')).toEqual([]);
});
