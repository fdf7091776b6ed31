import { describe, expect, test } from 'vitest';
import { highlight, type Token } from '../src/highlight/highlight';

const short = (tokens: readonly Token[] | undefined) =>
  tokens?.map((t) => (typeof t === 'string' ? t : `${t.kind}[${t.text}]`)).join('');
const whole = (tokens: readonly Token[] | undefined) =>
  tokens?.map((t) => (typeof t === 'string' ? t : t.text)).join('');

describe('code', () => {
  test.each([
    ['ts', 'const a = f("x\\"y"); // no', 'word[const] a = name[f](string["x\\"y"]); comment[// no]'],
    ['ts', '`a\nb` /* c\nd */ 1.5e3', 'string[`a\nb`] comment[/* c\nd */] number[1.5e3]'],
    ['java', '@Override\nint x;', 'name[@Override]\nword[int] x;'],
    ['java', '"""\n a "b"\n"""', 'string["""\n a "b"\n"""]'],
    ['py', 'def f(): # x\n  return None', 'word[def] name[f](): comment[# x]\n  word[return] word[None]'],
    [
      'sql',
      "SELECT * FROM t -- x\nWHERE a = 'b'",
      "word[SELECT] * word[FROM] t comment[-- x]\nword[WHERE] a = string['b']",
    ],
    ['sh', 'echo $# "a" # c', 'word[echo] $# string["a"] comment[# c]'],
    ['json', '{"a": true, "b": 1}', '{string["a"]: word[true], string["b"]: number[1]}'],
    ['html', "<a href='x'>it's</a><!-- c -->", "<word[a] name[href]=string['x']>it's</word[a]>comment[<!-- c -->]"],
    ['rust', "fn f<'a>(x: &'a str)", "word[fn] f<'a>(x: &'a word[str])"],
    ['diff', '+a\n-b\n c', 'added[+a\n]removed[-b\n] c'],
    ['TypeScript', 'let', 'word[let]'],
    ['c', "'a", "string['a]"],
  ])('%s %j', (language, code, tokens) => {
    expect(short(highlight(code, language))).toBe(tokens);
  });

  test('of an unknown language has no tokens', () => {
    for (const language of ['', 'klingon', 'constructor', '__proto__'])
      expect(highlight('let', language)).toBeUndefined();
  });

  test('is kept whole, whatever it is made of', () => {
    const parts = [
      '"',
      "'",
      '`',
      '"""',
      '/*',
      '*/',
      '//',
      '#',
      '--',
      '\\',
      '\n',
      ' ',
      'let',
      'x1',
      '1',
      '<',
      '>',
      '<!--',
      '-->',
      '+',
      '-',
      '@',
      '重',
      '🙂',
      '$',
    ];
    let seed = 7;
    const random = (below: number) => ((seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) >>> 8) % below;
    for (let i = 0; i < 2_000; i++) {
      const code = Array.from({ length: random(40) }, () => parts[random(parts.length)]).join('');
      for (const language of ['ts', 'py', 'sql', 'html', 'diff', 'sh'])
        expect(whole(highlight(code, language)), code).toBe(code);
    }
  });
});
