export interface CodeSpan {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Finds the inline code: text between two runs of equally many backticks. Each run is looked at once. */
export function codeSpans(text: string): CodeSpan[] {
  const runs = [...text.matchAll(/`+/g)].map((match) => ({ at: match.index, length: match[0].length }));
  const later = new Map<number, number[]>();
  for (let i = runs.length - 1; i >= 0; i--) {
    const { length } = runs[i] ?? { length: 0 };
    const same = later.get(length);
    if (same) same.push(i);
    else later.set(length, [i]);
  }
  const spans: CodeSpan[] = [];
  for (let i = 0; i < runs.length; i++) {
    const open = runs[i];
    if (!open || text[open.at - 1] === '\\') continue;
    const same = later.get(open.length) ?? [];
    while ((same.at(-1) ?? Infinity) <= i) same.pop();
    const end = same.at(-1);
    const close = end === undefined ? undefined : runs[end];
    if (!close || end === undefined) continue;
    const inside = text.slice(open.at + open.length, close.at);
    if (inside.includes('\n\n')) continue;
    spans.push({ from: open.at, to: close.at + close.length, text: withoutPadding(inside) });
    i = end;
  }
  return spans;
}

/** One space on each side separates a backtick in the code from the marker. */
function withoutPadding(code: string): string {
  const padded =
    code.length > 2 && code.startsWith(' ') && code.endsWith(' ') && (code[1] === '`' || code.at(-2) === '`');
  return padded ? code.slice(1, -1) : code;
}
