/** How well a typed query fits a name; undefined when it does not. A bigger score fits better. */
export function fuzzyScore(query: string, name: string): number | undefined {
  const wanted = fold(query).replace(/\s+/gu, '');
  const text = fold(name);
  if (wanted === '') return 0;
  const whole = text.indexOf(wanted);
  if (whole >= 0) return 1000 - whole - text.length / 100 + (whole === 0 || startsWord(text, whole) ? 500 : 0);
  let at = -1;
  let score = 0;
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    // Letters side by side and at the beginning of words say more than scattered ones.
    score += next === at + 1 ? 8 : startsWord(text, next) ? 6 : -Math.min(next - at, 5);
    at = next;
  }
  return score - text.length / 100;
}

/** Small letters without accents, so that "jose" finds "José". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text.charAt(at - 1));
}
