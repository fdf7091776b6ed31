import { apart, endsAddress, inName, inWord, trailing } from './characters';
import { isDomain, isHost, isLocal } from './host-names';

export type Piece = string | { readonly href: string; readonly text: string };

/** The limits of links and of searched characters in a message, so that the page renders every text quickly. */
export const MOST_LINKS = 200;
export const SEARCHED = 65_536;

const SCHEME = /^(?:https?:\/\/|mailto:)$/i;
const SCHEME_NAMES = ['https', 'http', 'mailto'];
const BRACKETS: Readonly<Record<string, readonly [kind: number, step: 1 | -1]>> = {
  '(': [0, 1],
  ')': [0, -1],
  '[': [1, 1],
  ']': [1, -1],
  '{': [2, 1],
  '}': [2, -1],
};

/** Splits text into plain pieces and links to http, https and mail addresses. */
export function linkify(text: string): Piece[] {
  return new LinkFinder(text).pieces();
}

/** Reads a text once from left to right, and never goes back. */
export class LinkFinder {
  /** The number of characters read; at most a few for each character of the text. */
  steps = 0;
  private readonly out: Piece[] = [];
  private links = 0;
  /** The start of the plain text that is in no piece yet. */
  private from = 0;
  private readonly stop: number;

  constructor(private readonly text: string) {
    this.stop = Math.min(text.length, SEARCHED);
  }

  pieces(): Piece[] {
    let at = 0;
    let before = '';
    while (at < this.stop && this.links < MOST_LINKS) {
      const c = this.char(at);
      if (!inName(c) || '.-+%'.includes(c)) {
        at += c.length;
        before = c;
      } else {
        at = this.name(at, before);
        before = this.text.charAt(at - 1);
      }
    }
    if (this.from < this.text.length) this.out.push(this.text.slice(this.from));
    return this.out;
  }

  /** Reads a word of the characters of names, and the address that it may begin. Returns where to go on. */
  private name(start: number, before: string): number {
    let end = start;
    while (end < this.stop && inName(this.char(end))) end++;
    const next = end < this.stop ? this.char(end) : '';
    if (next === ':') {
      const scheme = this.schemeStart(start, end, before);
      if (scheme !== undefined) return this.address(scheme, end, '');
    }
    const near = apart(before) || before === ':';
    if (next === '@') return this.mail(start, end, near);
    const word = this.text.slice(start, end);
    if (near && /^www\../i.test(word)) return this.address(start, start, 'https://');
    const host = withoutEnd(word);
    if (!apart(before) || !isHost(host)) return end;
    if (host.length < word.length || !(next === '/' || next === '?' || next === '#' || (next === ':' && /\d/.test(this.text.charAt(end + 1))))) {
      return next !== '' && inWord(next) ? end : this.link(start, start + host.length, 'https://');
    }
    return this.address(start, end, 'https://');
  }

  /** Where a scheme begins that ends at `colon`. A word that runs into it ("xhttp://…") makes it none. */
  private schemeStart(start: number, colon: number, before: string): number | undefined {
    for (const name of SCHEME_NAMES) {
      const at = colon - name.length;
      if (at < start) continue;
      const end = name === 'mailto' ? colon + 1 : colon + 3;
      if (!SCHEME.test(this.text.slice(at, end))) continue;
      return inWord(at === start ? before : this.text.charAt(at - 1)) ? undefined : at;
    }
    return undefined;
  }

  private mail(start: number, at: number, near: boolean): number {
    let end = at + 1;
    while (end < this.stop && inName(this.char(end))) end++;
    const after = this.text.charAt(end);
    const domain = withoutEnd(this.text.slice(at + 1, end));
    // "git@host:path" and "user@host/resource" are no mail addresses.
    const more = (after === ':' || after === '/') && inName(this.text.charAt(end + 1));
    if (!near || more || after === '@' || inWord(after) || !isLocal(this.text.slice(start, at)) || !isDomain(domain)) return end;
    return this.link(start, at + 1 + domain.length, 'mailto:');
  }

  /**
   * Reads an address from `start`, of which everything up to `known` is read already. Punctuation that ends the
   * sentence is not part of it; a bracket is, as long as it closes one that was opened inside.
   */
  private address(start: number, known: number, scheme: string): number {
    const open = [0, 0, 0];
    let at = known;
    let end = known;
    while (at < this.stop) {
      const c = this.char(at);
      if (endsAddress(c)) break;
      const bracket = BRACKETS[c];
      if (bracket) {
        const depth = (open[bracket[0]] ?? 0) + bracket[1];
        if (depth < 0) break;
        open[bracket[0]] = depth;
      }
      at += c.length;
      if (!trailing(c)) end = at;
    }
    if (end > start) this.link(start, end, scheme);
    return Math.max(at, known + 1);
  }

  private link(start: number, end: number, scheme: string): number {
    const text = this.text.slice(start, end);
    this.steps += text.length;
    const href = toHref(scheme + text);
    if (href) {
      if (start > this.from) this.out.push(this.text.slice(this.from, start));
      this.out.push({ href, text });
      this.links++;
      this.from = end;
    }
    return end;
  }

  private char(at: number): string {
    this.steps++;
    return String.fromCodePoint(this.text.codePointAt(at) ?? 0);
  }
}

/** A name without the full stops and hyphens behind it. */
function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && '.-'.includes(name.charAt(end - 1))) end--;
  return name.slice(0, end);
}

function toHref(address: string): string | undefined {
  try {
    const url = new URL(address);
    if (url.protocol === 'mailto:') return url.pathname.includes('@') ? url.href : undefined;
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
    return url.hostname.includes('.') || url.hostname === 'localhost' || url.hostname.startsWith('[') ? url.href : undefined;
  } catch {
    return undefined;
  }
}
