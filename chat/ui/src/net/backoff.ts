/** Waits 1, 2, 4 … 30 s before the given try (1 = the first repeat), each ± 50 % so that clients do not come in step. */
export function backoff(attempt: number, random: () => number): number {
  const base = Math.min(1000 * 2 ** (Math.max(1, attempt) - 1), 30_000);
  return Math.round(base * (0.5 + random()));
}
