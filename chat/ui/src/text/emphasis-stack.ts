import type { Emphasis, Inline } from './markdown-nodes';

/** The most emphasis markers that wait for their end. The oldest one becomes text when one more opens. */
const MOST_OPEN = 16;

interface Frame {
  readonly char: string;
  /** The number of marker characters without a partner. */
  length: number;
  children: Inline[];
}

/** Builds a tree of nodes from text and from emphasis markers that open and close. */
export class EmphasisStack {
  private root: Inline[] = [];
  private open: Frame[] = [];

  append(node: Inline): void {
    push(this.open.at(-1)?.children ?? this.root, node);
  }

  isOpen(char: string): boolean {
    return this.open.some((frame) => frame.char === char);
  }

  /** A run of `length` equal marker characters. */
  marker(char: string, length: number, canOpen: boolean, canClose: boolean): void {
    let left = length;
    while (canClose && left > 0) {
      const used = this.close(char, left);
      if (used === 0) break;
      left -= used;
    }
    if (left === 0) return;
    if (canOpen && left <= 3) this.begin(char, left);
    else this.append(char.repeat(left));
  }

  /** Markers without a partner become text: at the end of a paragraph. */
  closeAll(): void {
    while (this.open.length > 0) this.dissolveLast();
  }

  finish(): Inline[] {
    this.closeAll();
    return this.root;
  }

  /** Returns the number of characters that closed something. */
  private close(char: string, length: number): number {
    const exact = this.open.findLastIndex((frame) => frame.char === char && frame.length === length);
    const at = exact >= 0 || char === '~' ? exact : this.open.findLastIndex((frame) => frame.char === char);
    const frame = this.open[at];
    if (!frame || frame.children.length === 0) return 0;
    while (this.open.length > at + 1) this.dissolveLast();
    const used = frame.length >= 2 && length >= 2 ? 2 : 1;
    const node: Inline = { kind: emphasis(char, used), children: frame.children };
    frame.length -= used;
    if (frame.length > 0) {
      frame.children = [node];
    } else {
      this.open.pop();
      this.append(node);
    }
    return used;
  }

  private begin(char: string, length: number): void {
    if (this.open.length === MOST_OPEN) {
      const oldest = this.open.shift();
      if (oldest) pushAll(this.root, oldest);
    }
    this.open.push({ char, length, children: [] });
  }

  private dissolveLast(): void {
    const frame = this.open.pop();
    if (frame) pushAll(this.open.at(-1)?.children ?? this.root, frame);
  }
}

function emphasis(char: string, length: number): Emphasis {
  if (char === '~') return 'strike';
  return length === 2 ? 'bold' : 'italic';
}

function pushAll(into: Inline[], { char, length, children }: Frame): void {
  push(into, char.repeat(length));
  for (const child of children) push(into, child);
}

function push(into: Inline[], node: Inline): void {
  const last = into.at(-1);
  if (node === '') return;
  if (typeof node === 'string' && typeof last === 'string') into[into.length - 1] = last + node;
  else into.push(node);
}
