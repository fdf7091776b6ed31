import { inWord } from './characters';
import { codeSpans } from './code-spans';
import { EmphasisStack } from './emphasis-stack';
import { linkify } from './links';
import type { Inline } from './markdown-nodes';

const MENTION = /<@([\w-]{1,64})>/y;
const SHORTCODE = /:([a-z0-9_+-]{1,40}):/y;
const ESCAPED = '*_~`:<>';
/** A face whose arm looks like an escaped marker. */
const SHRUG = '¯\\_(ツ)_/¯';

/** A part of the text that holds no markers: code or a link. */
interface Opaque {
  readonly from: number;
  readonly to: number;
  readonly node: Exclude<Inline, string>;
}

/** Parses the text of a paragraph in one pass from left to right. */
export class InlineMarkdown {
  /** The number of characters read; at most a few for each character of the text. */
  steps = 0;
  private readonly stack = new EmphasisStack();
  private readonly opaque: readonly Opaque[];

  constructor(private readonly text: string) {
    this.opaque = opaqueParts(text);
  }

  parse(): Inline[] {
    let at = 0;
    for (const part of this.opaque) {
      this.plain(at, part.from);
      at = this.add(part);
    }
    this.plain(at, this.text.length);
    return this.stack.finish();
  }

  /** Adds code or a link. Returns where the text goes on. */
  private add({ from, to, node }: Opaque): number {
    this.steps += to - from;
    const last = this.text.charAt(to - 1);
    if (node.kind === 'link' && isMarker(last) && this.stack.isOpen(last)) {
      // The link finder keeps markers at the end of an address. Here they end the emphasis around it.
      let end = to;
      while (this.text.charAt(end - 1) === last) end--;
      const [link, ...rest] = linkify(this.text.slice(from, end));
      if (link !== undefined && typeof link !== 'string' && rest.length === 0) {
        this.stack.append({ kind: 'link', ...link });
        return end;
      }
    }
    this.stack.append(node);
    return to;
  }

  private plain(from: number, to: number): void {
    let at = from;
    let start = from;
    while (at < to) {
      this.steps++;
      const next = this.special(at, to, start);
      if (next === undefined) at++;
      else start = at = next;
    }
    this.flush(start, to);
  }

  /** Handles what begins at `at`, after the text from `start`. Returns where the text goes on, or undefined. */
  private special(at: number, to: number, start: number): number | undefined {
    const c = this.text.charAt(at);
    if (c === '\\') return this.escape(at, start);
    if (isMarker(c)) return this.marker(c, at, to, start);
    if (c === '<') return this.match(MENTION, at, to, start, (id) => ({ kind: 'mention', id }));
    if (c === ':' && !inWord(this.text.charAt(at - 1))) {
      return this.match(SHORTCODE, at, to, start, (name) => ({ kind: 'shortcode', name }));
    }
    if (c === '¯' && this.text.startsWith(SHRUG, at)) return this.literal(SHRUG, at, start);
    if (c === '\n' && this.text.charAt(at + 1) === '\n') {
      this.flush(start, at);
      this.stack.closeAll();
      return this.literal('\n\n', at, at);
    }
    return undefined;
  }

  private escape(at: number, start: number): number | undefined {
    const escaped = this.text.charAt(at + 1);
    if (escaped === '' || !ESCAPED.includes(escaped)) return undefined;
    this.flush(start, at);
    this.stack.append(escaped);
    return at + 2;
  }

  private marker(c: string, at: number, to: number, start: number): number {
    let end = at + 1;
    while (end < to && this.text.charAt(end) === c) end++;
    const length = end - at;
    this.steps += length;
    this.flush(start, at);
    if (length > 3 || (c === '~' && length !== 2)) {
      this.stack.append(this.text.slice(at, end));
      return end;
    }
    const before = this.text.charAt(at - 1);
    const after = this.text.charAt(end);
    // A single star between two letters is part of a product: 2*3*4.
    const product = length === 1 && inWord(before) && inWord(after);
    const opens = c === '_' ? mayStandBefore(before) : !product;
    const closes = c === '_' ? mayStandBehind(after) : !product;
    this.stack.marker(c, length, opens && !isSpace(after), closes && !isSpace(before));
    return end;
  }

  private match(
    pattern: RegExp,
    at: number,
    to: number,
    start: number,
    node: (name: string) => Inline,
  ): number | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(this.text);
    this.steps += found ? found[0].length : 0;
    if (!found?.[1] || at + found[0].length > to) return undefined;
    this.flush(start, at);
    this.stack.append(node(found[1]));
    return at + found[0].length;
  }

  private literal(text: string, at: number, start: number): number {
    this.flush(start, at);
    this.stack.append(text);
    return at + text.length;
  }

  private flush(from: number, to: number): void {
    if (to > from) this.stack.append(this.text.slice(from, to));
  }
}

const isMarker = (c: string) => c === '*' || c === '_' || c === '~';
const isSpace = (c: string) => c === '' || /\s/.test(c);
/** An underscore is a marker at the edge of words only, and not inside snake_case or a face such as ^_^. */
const mayStandBefore = (c: string) => isSpace(c) || '([{"\'“‘«*~—'.includes(c);
const mayStandBehind = (c: string) => isSpace(c) || '.,;:!?)]}"\'”’»*~—…'.includes(c);
/** An underscore that opens is no part of the address behind it. */
const OPENING_UNDERSCORE = /(?<=^|\s)_(?=\S)/gu;

function opaqueParts(text: string): Opaque[] {
  const parts: Opaque[] = [];
  let at = 0;
  const links = (to: number) => {
    for (const piece of linkify(text.slice(at, to))) {
      const { length } = typeof piece === 'string' ? piece : piece.text;
      if (typeof piece !== 'string') parts.push({ from: at, to: at + length, node: { kind: 'link', ...piece } });
      at += length;
    }
  };
  const linksBetweenMarkers = (to: number) => {
    const from = at;
    for (const { index } of text.slice(from, to).matchAll(OPENING_UNDERSCORE)) {
      links(from + index);
      at += 1;
    }
    links(to);
  };
  for (const { from, to, text: code } of codeSpans(text)) {
    linksBetweenMarkers(from);
    parts.push({ from, to, node: { kind: 'code', text: code } });
    at = to;
  }
  linksBetweenMarkers(text.length);
  return parts;
}
