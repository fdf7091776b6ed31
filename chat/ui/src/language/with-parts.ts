/** A text with elements at its {places}: "Replying to {name}" with `{ name: <b>Ada</b> }`. */
export function withParts<P>(text: string, parts: Readonly<Record<string, P>>): (string | P | undefined)[] {
  return text.split(/\{(\w+)\}/).map((piece, at) => (at % 2 === 1 ? parts[piece] : piece));
}
