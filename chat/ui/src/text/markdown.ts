import { InlineMarkdown } from './inline-markdown';
import type { Block, ListItem } from './markdown-nodes';

/** Quotes and lists inside each other; deeper ones stay text. */
const DEEPEST = 4;
const FENCE = /^ {0,3}(`{3,})([^`]*)$/;
const LANGUAGE = /^[\w+#.-]{1,20}$/;
const QUOTE = /^ {0,3}>(?: |$)/;
const ITEM = /^( {0,3})([-*•]|\d{1,9}[.)])( {1,4})(?=\S)/;

/** Counts the work, so that tests can show that it grows with the length of the text. */
export interface Meter {
  steps: number;
}

/**
 * Parses the Markdown of a message: bold, italic, strike, code, quotes, lists, links, mentions and shortcodes. Every
 * text is valid; what is no Markdown stays text.
 */
export function parseMarkdown(text: string, meter: Meter = { steps: 0 }): Block[] {
  return new BlockMarkdown(text.split('\n'), 0, meter).parse();
}

class BlockMarkdown {
  private readonly out: Block[] = [];
  /** The lines of the paragraph that is not in `out` yet. */
  private paragraph: string[] = [];
  private at = 0;

  constructor(
    private readonly lines: readonly string[],
    private readonly depth: number,
    private readonly meter: Meter,
  ) {}

  parse(): Block[] {
    for (let line = this.lines[this.at]; line !== undefined; line = this.lines[this.at]) {
      this.meter.steps += line.length + 1;
      const fence = FENCE.exec(line);
      if (fence) this.code(fence[1] ?? '', (fence[2] ?? '').trim());
      else if (this.depth < DEEPEST && QUOTE.test(line)) this.quote();
      else if (this.depth < DEEPEST && ITEM.test(line)) this.list();
      else this.paragraph.push(this.next());
    }
    this.endParagraph();
    return this.out;
  }

  private next(): string {
    return this.lines[this.at++] ?? '';
  }

  private endParagraph(): void {
    let from = 0;
    let to = this.paragraph.length;
    while (from < to && isBlank(this.paragraph[from])) from++;
    while (to > from && isBlank(this.paragraph[to - 1])) to--;
    if (to > from) {
      const parser = new InlineMarkdown(this.paragraph.slice(from, to).join('\n'));
      this.out.push({ kind: 'text', inlines: parser.parse() });
      this.meter.steps += parser.steps;
    }
    this.paragraph = [];
  }

  private add(block: Block): void {
    this.endParagraph();
    this.out.push(block);
  }

  /** Code ends with a fence of at least as many backticks, also behind its last line, or with the text. */
  private code(fence: string, info: string): void {
    this.next();
    const code: string[] = [];
    const language = LANGUAGE.test(info) ? info : '';
    if (info !== language) code.push(info);
    for (let line = this.lines[this.at]; line !== undefined; line = this.lines[this.at]) {
      this.meter.steps += line.length + 1;
      this.at++;
      const end = line.trimEnd();
      if (end.endsWith(fence)) {
        const last = withoutFence(end);
        if (!isBlank(last)) code.push(last);
        break;
      }
      code.push(line);
    }
    this.add({ kind: 'code', language, text: code.join('\n') });
  }

  private quote(): void {
    const lines: string[] = [];
    while (QUOTE.test(this.lines[this.at] ?? '')) lines.push(this.next().replace(QUOTE, ''));
    this.add({ kind: 'quote', blocks: this.inner(lines) });
  }

  /** The lines of an item are indented as its first one. */
  private list(): void {
    const ordered = isOrdered(this.lines[this.at]);
    const items: ListItem[] = [];
    for (;;) {
      const line = this.lines[this.at];
      const match = line === undefined ? null : ITEM.exec(line);
      if (line === undefined || !match || isOrdered(line) !== ordered) break;
      const marker = match[2] ?? '';
      const lines = [line.slice(match[0].length)];
      this.at++;
      const most = match[0].length;
      for (
        let more = this.lines[this.at];
        more !== undefined && /^(?: {2}|\t)/.test(more) && !isBlank(more);
        more = this.lines[this.at]
      ) {
        lines.push(withoutIndent(more, most));
        this.at++;
      }
      items.push({ number: ordered ? Number.parseInt(marker, 10) : undefined, blocks: this.inner(lines) });
    }
    this.add({ kind: 'list', ordered, items });
  }

  private inner(lines: readonly string[]): Block[] {
    return new BlockMarkdown(lines, this.depth + 1, this.meter).parse();
  }
}

const isBlank = (line: string | undefined) => line === undefined || line.trim() === '';
const isOrdered = (line: string | undefined) => /^ {0,3}\d/.test(line ?? '');

function withoutFence(line: string): string {
  let end = line.length;
  while (line.charAt(end - 1) === '`') end--;
  return line.slice(0, end);
}

function withoutIndent(line: string, most: number): string {
  if (line.startsWith('\t')) return line.slice(1);
  let indent = 0;
  while (indent < most && line.charAt(indent) === ' ') indent++;
  return line.slice(indent);
}
