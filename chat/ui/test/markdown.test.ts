import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../src/text/markdown';
import type { Block, Inline } from '../src/text/markdown-nodes';
import { plainText } from '../src/text/plain-text';

/** The tree in short: b(bold) i(italic) s(strike) c(code) l(link) m(mention) e(shortcode). */
function short(blocks: readonly Block[]): string {
  return blocks.map(shortBlock).join(' | ');
}

function shortBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return inlines(block.inlines);
    case 'code':
      return `code[${block.language}](${block.text})`;
    case 'quote':
      return `quote(${short(block.blocks)})`;
    case 'list':
      return `${block.ordered ? 'ol' : 'ul'}(${block.items.map((item) => `${item.number ?? '-'} ${short(item.blocks)}`).join(', ')})`;
  }
}

const LETTERS = { bold: 'b', italic: 'i', strike: 's' } as const;

function inlines(list: readonly Inline[]): string {
  return list.map((node) => {
    if (typeof node === 'string') return node;
    switch (node.kind) {
      case 'code': return `c(${node.text})`;
      case 'link': return `l(${node.text})`;
      case 'mention': return `m(${node.id})`;
      case 'shortcode': return `e(${node.name})`;
      default: return `${LETTERS[node.kind]}(${inlines(node.children)})`;
    }
  }).join(''); // prettier-ignore
}

const parsed = (text: string) => short(parseMarkdown(text));

describe('emphasis', () => {
  test.each([
    ['**bold** and *italic* and _italic_ and ~~gone~~', 'b(bold) and i(italic) and i(italic) and s(gone)'],
    ['__bold__', 'b(bold)'],
    ['***both***', 'i(b(both))'],
    ['**a *b* c**', 'b(a i(b) c)'],
    ['*a **b** c*', 'i(a b(b) c)'],
    ['***a** b*', 'i(b(a) b)'],
    ['***a* b**', 'b(i(a) b)'],
    ['**a ~~b~~ _c_**', 'b(a s(b) i(c))'],
    ['**重点**内容', 'b(重点)内容'],
    ['这是*重点*内容', '这是i(重点)内容'],
    ['un**frigging**believable', 'unb(frigging)believable'],
    ['(**a**)', '(b(a))'],
    ['"*a*",', '"i(a)",'],
    ['*one*\n*two*', 'i(one)\ni(two)'],
  ])('%j', (text, tree) => expect(parsed(text)).toBe(tree));

  test.each([
    'snake_case_name', '2*3*4', '2 * 3 * 4', 'a ** b', '**', '****', '*****x*****', '~~~~', '~x~', '*not closed', 'not opened*',
    '**a', '_a', 'a_', '__', 'x**', '*\n\n*', '5 * 3 = 15 * 1', '¯\\_(ツ)_/¯', '-_-', '^_^ and ^_^', '-_- so -_-', 'a * b', 'C:\\Users\\ada',
    '\\\\server\\share', '>_<', '>:(',
  ])('leaves %j as text', (text) => expect(parsed(text)).toBe(text)); // prettier-ignore

  test.each([
    ['\\*a\\*', '*a*'],
    ['snake\\_case', 'snake_case'],
    ['\\`a\\`', '`a`'],
    ['\\> no quote', '> no quote'],
    ['\\:smile:', ':smile:'],
  ])('%j is escaped', (text, tree) => expect(parsed(text)).toBe(tree));

  test('does not go over an empty line', () => {
    expect(parsed('*a\n\nb*')).toBe('*a\n\nb*');
  });

  test('closes the nearest marker, and what it skips is text', () => {
    expect(parsed('**a _b** c_')).toBe('b(a _b) c_');
  });
});

describe('code', () => {
  test.each([
    ['`a`', 'c(a)'],
    ['say `**a**` now', 'say c(**a**) now'],
    ['`` a`b ``', 'c( a`b )'],
    ['`` `a ``', 'c(`a)'],
    ['`a', '`a'],
    ['`a\n\nb`', '`a\n\nb`'],
    ['`a\nb`', 'c(a\nb)'],
    ['```a```', 'c(a)'],
    ['`https://a.org`', 'c(https://a.org)'],
    ['`<@p1>` `:a:`', 'c(<@p1>) c(:a:)'],
    ['**a `b** c`', '**a c(b** c)'],
    ['```\na\n  b\n```', 'code[](a\n  b)'],
    ['```ts\nlet a;\n```', 'code[ts](let a;)'],
    ['```c++\na\n```\nafter', 'code[c++](a) | after'],
    ['before\n```\na\n```\nafter', 'before | code[](a) | after'],
    ['```\nnot closed', 'code[](not closed)'],
    ['````\n```\n````', 'code[](```)'],
    ['```int a;\nint b;```', 'code[](int a;\nint b;)'],
    ['```\n\n a\n\n```', 'code[](\n a\n)'],
    ['```\n**a** <@p> https://a.org\n```', 'code[](**a** <@p> https://a.org)'],
  ])('%j', (text, tree) => expect(parsed(text)).toBe(tree));
});

describe('quotes and lists', () => {
  test.each([
    ['> a\n> b\nc', 'quote(a\nb) | c'],
    ['>', 'quote()'],
    ['> > a', 'quote(quote(a))'],
    ['> - a', 'quote(ul(- a))'],
    ['- a\n- b', 'ul(- a, - b)'],
    ['* a\n* b', 'ul(- a, - b)'],
    ['• a', 'ul(- a)'],
    ['1. a\n2) b\n7. c', 'ol(1 a, 2 b, 7 c)'],
    ['- a\n  - b\n  - c\n- d', 'ul(- a | ul(- b, - c), - d)'],
    ['- a\n  more', 'ul(- a\nmore)'],
    ['text\n- a\ntext', 'text | ul(- a) | text'],
    ['- a\n1. b', 'ul(- a) | ol(1 b)'],
    ['- **a** `b`', 'ul(- b(a) c(b))'],
    ['-a', '-a'],
    ['- ', '- '],
    ['3.14 is pi', '3.14 is pi'],
    ['+1', '+1'],
  ])('%j', (text, tree) => expect(parsed(text)).toBe(tree));

  test('deeper than four levels stays text', () => {
    expect(parsed('> > > > > a')).toBe('quote(quote(quote(quote(> a))))');
  });
});

describe('links, mentions and shortcodes', () => {
  test.each([
    ['see https://a.org/x_y_z.', 'see l(https://a.org/x_y_z).'],
    ['**https://a.org/x**', 'b(l(https://a.org/x))'],
    ['_https://a.org/x_', 'i(l(https://a.org/x))'],
    ['~~https://a.org~~', 's(l(https://a.org))'],
    ['https://a.org/x_', 'l(https://a.org/x_)'],
    ['hi <@p-1_x>, <@room>!', 'hi m(p-1_x), m(room)!'],
    ['**<@p>**', 'b(m(p))'],
    ['<@>', '<@>'],
    ['<@a b>', '<@a b>'],
    [':smile: :+1: a:b:c 10:30:45', 'e(smile) e(+1) a:b:c 10:30:45'],
    [':Smile:', ':Smile:'],
    [':snake_case_name:', 'e(snake_case_name)'],
  ])('%j', (text, tree) => expect(parsed(text)).toBe(tree));
});

test.each([
  ['**a**\n> b\n```js\nc\n```', 'a b c'],
  ['<@p> and <@q> and <@room>', '@Ada and <@q> and @room'],
  ['1. a\n2. b', '1. a 2. b'],
])('the plain text of %j', (text, plain) => {
  expect(plainText(text, [{ id: 'p', name: 'Ada' }])).toBe(plain);
});

describe('any text', () => {
  const PARTS = [
    '*', '**', '***', '_', '__', '~~', '`', '``', '```', '```js\n', '\n```\n', '\n', '\n\n', ' ', '  ', '> ', '- ', '1. ', '\\', '<@', '<@p>', '>', ':', ':a:',
    'a', 'b', 'word', '重', '🙂', 'https://a.org', 'https://a.org/*', 'a@b.org', '\t', '\u202e', '\ud800', '¯\\_(ツ)_/¯', '(', ')', '.', '\r', '\0',
  ]; // prettier-ignore
  let seed = 20_260;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  const some = (length: number) => Array.from({ length }, () => PARTS[random(PARTS.length)]).join('');
  /** The characters that no syntax takes away. */
  const letters = (text: string) => text.replace(/[^a-zäöü重🙂ツ]/gu, '');

  test('is parsed without an error, and its letters are kept in order', () => {
    for (let i = 0; i < 4_000; i++) {
      const text = some(1 + random(40));
      expect(letters(shown(parseMarkdown(text))), JSON.stringify(text)).toBe(letters(text));
    }
  });

  test('of 16,000 characters is parsed in steps that grow with its length', () => {
    for (const part of [
      ...PARTS,
      '*a',
      '**a ',
      '*a _b ',
      '_a* ',
      '`a``',
      '> - ',
      '- a\n  ',
      '**a',
      'a** ',
      '<@a',
      ':a',
      '***a** ',
      '*a\n',
    ]) {
      const text = part.repeat(Math.ceil(16_000 / part.length));
      const meter = { steps: 0 };
      parseMarkdown(text, meter);
      expect(meter.steps, JSON.stringify(part)).toBeLessThanOrEqual(8 * text.length);
    }
  });

  test('has a bounded depth', () => {
    const depth = (node: unknown): number =>
      Array.isArray(node)
        ? Math.max(0, ...node.slice(0, 5_000).map(depth))
        : typeof node === 'object' && node !== null
          ? 1 + Math.max(...Object.values(node).map(depth))
          : 0;
    const text = `${'*a **b _c ~~d '.repeat(500)}${'d~~ c_ b** a* '.repeat(500)}`;
    expect(depth(parseMarkdown(text))).toBeLessThan(40);
  });
});

/** Everything that a reader sees. */
function shown(blocks: readonly Block[]): string {
  const line = (list: readonly Inline[]): string =>
    list
      .map((node) => {
        if (typeof node === 'string') return node;
        if (node.kind === 'mention') return node.id;
        if (node.kind === 'shortcode') return node.name;
        return node.kind === 'code' || node.kind === 'link' ? node.text : line(node.children);
      })
      .join('');
  return blocks
    .map((block) => {
      if (block.kind === 'text') return line(block.inlines);
      if (block.kind === 'code') return `${block.language}\n${block.text}`;
      return block.kind === 'quote' ? shown(block.blocks) : block.items.map((item) => shown(item.blocks)).join('\n');
    })
    .join('\n');
}
