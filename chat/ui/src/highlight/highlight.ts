import { type Language, languageOf } from './languages';

export type TokenKind = 'comment' | 'string' | 'number' | 'word' | 'name' | 'added' | 'removed';
export type Token = string | { readonly kind: TokenKind; readonly text: string };

/** Splits code into tokens to colour; undefined for an unknown language. */
export function highlight(code: string, language: string): Token[] | undefined {
  const known = languageOf(language);
  if (!known) return undefined;
  return known.diff === true ? diffLines(code) : new Highlighter(code, known).tokens();
}

const IDENTIFIER = /[\p{L}_$@][\p{L}\p{N}_$-]*/uy;
const NUMBER = /\d[\w.]*/y;

/** Reads code once from left to right. It knows the lexical form of a language only, which is enough for colours. */
class Highlighter {
  private readonly out: Token[] = [];
  private at = 0;
  private plainFrom = 0;
  private inTag = false;

  constructor(
    private readonly code: string,
    private readonly language: Language,
  ) {}

  tokens(): Token[] {
    while (this.at < this.code.length) {
      if (!this.comment() && !this.text() && !this.number() && !this.identifier()) this.other();
    }
    this.flush();
    return this.out;
  }

  private comment(): boolean {
    const { line, block } = this.language;
    if (block && this.starts(block[0])) return this.until(block[1], block[0].length, 'comment');
    const begin = line.find((mark) => this.starts(mark));
    // "#" in the middle of a word, as in a link or $#, begins no comment.
    if (begin === undefined || (begin === '#' && !/\s|^$/.test(this.code.charAt(this.at - 1)))) return false;
    const end = this.code.indexOf('\n', this.at);
    return this.take(end < 0 ? this.code.length : end, 'comment');
  }

  private text(): boolean {
    const { long, quotes, markup } = this.language;
    if (markup === true && !this.inTag) return false;
    const mark = long?.find((quote) => this.starts(quote));
    if (mark !== undefined) return this.until(mark, mark.length, 'string');
    const quote = this.code.charAt(this.at);
    if (!quotes.includes(quote)) return false;
    let end = this.at + 1;
    while (end < this.code.length && this.code.charAt(end) !== quote && this.code.charAt(end) !== '\n')
      end += this.code.charAt(end) === '\\' ? 2 : 1;
    return this.take(Math.min(this.code.charAt(end) === quote ? end + 1 : end, this.code.length), 'string');
  }

  private number(): boolean {
    NUMBER.lastIndex = this.at;
    const found = this.language.markup === true ? null : NUMBER.exec(this.code);
    return found !== null && this.take(this.at + found[0].length, 'number');
  }

  private identifier(): boolean {
    IDENTIFIER.lastIndex = this.at;
    const word = IDENTIFIER.exec(this.code)?.[0];
    if (word === undefined) return false;
    const end = this.at + word.length;
    const { words, anyCase, markup } = this.language;
    if (markup === true) return this.markupName(word, end);
    if (words.has(anyCase === true ? word.toLowerCase() : word)) return this.take(end, 'word');
    const called = this.code.charAt(end) === '(' || word.startsWith('@');
    if (called) return this.take(end, 'name');
    this.at = end;
    return true;
  }

  private markupName(word: string, end: number): boolean {
    const before = this.code.charAt(this.at - 1);
    if (this.inTag && word.length > 0) return this.take(end, before === '<' || before === '/' ? 'word' : 'name');
    this.at = end;
    return true;
  }

  private other(): void {
    const c = this.code.charAt(this.at);
    if (c === '<') this.inTag = true;
    else if (c === '>') this.inTag = false;
    this.at++;
  }

  private until(end: string, skip: number, kind: TokenKind): boolean {
    const found = this.code.indexOf(end, this.at + skip);
    return this.take(found < 0 ? this.code.length : found + end.length, kind);
  }

  private take(end: number, kind: TokenKind): boolean {
    this.flush();
    this.out.push({ kind, text: this.code.slice(this.at, end) });
    this.at = this.plainFrom = end;
    return true;
  }

  private flush(): void {
    if (this.at > this.plainFrom) this.out.push(this.code.slice(this.plainFrom, this.at));
  }

  private starts(mark: string): boolean {
    return this.code.startsWith(mark, this.at);
  }
}

function diffLines(code: string): Token[] {
  return code.split(/(?<=\n)/).map((line): Token => {
    if (line.startsWith('+')) return { kind: 'added', text: line };
    if (line.startsWith('-')) return { kind: 'removed', text: line };
    return line.startsWith('@@') ? { kind: 'comment', text: line } : line;
  });
}
