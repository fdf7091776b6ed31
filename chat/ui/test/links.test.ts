import { describe, expect, test } from 'vitest';
import { LinkFinder, linkify, MOST_LINKS } from '../src/text/links';

const links = (text: string) => linkify(text).flatMap((p) => (typeof p === 'string' ? [] : [p.href]));
const texts = (text: string) => linkify(text).flatMap((p) => (typeof p === 'string' ? [] : [p.text]));
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
  ['HTTPS://EXAMPLE.ORG/A', ['https://example.org/A']],
  ['done.https://example.org', ['https://example.org/']],
  ['[text](https://example.org/x) and so on', ['https://example.org/x']],
  ['(https://example.org/x)and', ['https://example.org/x']],
  ['https://example.org (a note)', ['https://example.org/']],
  ['https://example.org/([{', ['https://example.org/']],
  ['`https://example.org/x`', ['https://example.org/x']],
  ['http://[::1]:3000/x', ['http://[::1]:3000/x']],
])('finds the addresses in %j', (text, found) => {
  expect(links(text)).toEqual(found);
  expect(whole(text)).toBe(text);
});

test.each(['https://example.org/a_', 'https://example.org/snake_case_', 'https://example.org/a*', 'https://example.org/*_*'])(
  'keeps what Markdown would cut from the end of %j',
  (address) => {
    expect(texts(`see ${address}, please`)).toEqual([address]);
  },
);

test.each([
  ['看https://example.org/a。谢谢', 'https://example.org/a'],
  ['（https://example.org/a）', 'https://example.org/a'],
  ['「https://example.org/a」です', 'https://example.org/a'],
  ['【https://example.org/a】', 'https://example.org/a'],
  ['《https://example.org/a》', 'https://example.org/a'],
  ['https://example.org/a，还有', 'https://example.org/a'],
  ['https://example.org/a、b', 'https://example.org/a'],
  ['https://example.org/a！', 'https://example.org/a'],
  ['https://example.org/a？', 'https://example.org/a'],
  ['https://example.org/a：b', 'https://example.org/a'],
  ['https://ja.example.org/wiki/日本', 'https://ja.example.org/wiki/日本'],
  ['访问example.com看看', 'example.com'],
])('lets CJK punctuation and brackets end the address in %j', (text, address) => {
  expect(texts(text)).toEqual([address]);
  expect(whole(text)).toBe(text);
});

test.each(['\u202e', '\u2066', '\u2069', '\u200f', '\u061c', '\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u3164', '\u0007', '\u{e0041}', '\ud800'])(
  'has no mark that turns the text or draws nothing inside a link (%j)',
  (mark) => {
    expect(texts(`https://example.org/a${mark}gpj.exe`)).toEqual(['https://example.org/a']);
    expect(texts(`https://exa${mark}mple.org/`)).toEqual([]);
    expect(texts(`${mark}https://example.org/a`)).toEqual(['https://example.org/a']);
  },
);

test.each([
  ['write to ada@example.org.', ['mailto:ada@example.org']],
  ['<ada.l+chat@mail.example.co.uk>', ['mailto:ada.l+chat@mail.example.co.uk']],
  ['Mail:ada@example.org, bob@example.org!', ['mailto:ada@example.org', 'mailto:bob@example.org']],
  ['example.org', ['https://example.org/']],
  ['(see en.wikipedia.org/wiki/Ada_(name)).', ['https://en.wikipedia.org/wiki/Ada_(name)']],
  ['example.com:8443/a?b=c, or example.com?q=1 or example.com#top...', ['https://example.com:8443/a?b=c', 'https://example.com/?q=1', 'https://example.com/#top']],
  ['Example.com.... Really: natter.dev!', ['https://example.com/', 'https://natter.dev/']],
])('finds mail addresses and bare hosts in %j', (text, found) => {
  expect(links(text)).toEqual(found);
  expect(whole(text)).toBe(text);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'https://',
  'https://nodots',
  'xhttp://example.org',
  'file:///etc/passwd',
  'mailto:nobody',
  'plain <b>text</b>',
  'README.md, Main.java, script.sh, main.rs and index.html',
  'version 1.2.3, 10.0.0.1 and 3.14',
  'end of one.Start of the next',
  'ASP.NET and Socket.IO',
  '@ada@social.example.org',
  'git@example.org:ada/natter.git',
  'ftp://example.org/x',
  'a@b, a..b@example.org, .a@example.org',
  'foo.com.bar.baz',
  'prefix_example.org/x-example.org',
  '-example.org',
  '…/path/example.com',
  'x@example.orgé',
  'example.comé',
])('leaves %j as text', (text) => {
  expect(linkify(text)).toEqual([text]);
});

test('text without anything is no piece at all', () => {
  expect(linkify('')).toEqual([]);
});

describe('the work for a message', () => {
  const NASTY = [
    ')', '(', '()', ')(', ']', '[', '}', '{', '.', ',', '_', '*', '-', '%', '+', ':', '/', '@', '?', '#', '\'', '"', '<', ' ', '\n', '\0', 'a', 'a.', '.a', 'a@', '@a', 'a:',
    '。', '）', '看', '\u0301', '\u202e', '\u200b', '\ud800', '🙂', 'é', 'http', 'http:', 'http://', 'http://a', 'https://a.b', 'http://a.b)', 'www.', 'www.a', 'mailto:', 'mailto:a@',
    'a@b.', 'a@b.org:', 'a.de', 'a.de/', 'a.de,',
  ]; // prettier-ignore
  const STARTS = ['', 'http://a.b', 'http://a.b/', 'www.a.b', 'a.org/', 'a@b.', 'mailto:a@b.'];

  test.each(NASTY)('grows with the length of the text, whatever it is made of (%j)', (piece) => {
    for (const start of STARTS) {
      for (const length of [8_192, 65_536]) {
        const text = (start + piece.repeat(length)).slice(0, length);
        const finder = new LinkFinder(text);
        const pieces = finder.pieces();
        expect(finder.steps, start).toBeLessThanOrEqual(6 * length);
        expect(pieces.map((p) => (typeof p === 'string' ? p : p.text)).join('')).toBe(text);
      }
    }
  });

  test('ends with a number of links, and the rest stays text', () => {
    const pieces = linkify('a.de '.repeat(10_000));
    expect(pieces.filter((p) => typeof p !== 'string')).toHaveLength(MOST_LINKS);
    expect(pieces).toHaveLength(2 * MOST_LINKS);
  });

  test('ends with a length, and the rest stays text', () => {
    expect(links(`${' '.repeat(70_000)}https://example.org`)).toEqual([]);
  });
});
