/**
 * Waits `first`, then twice as long each time, at most `most` milliseconds, before the given try (1 = the first
 * repeat). Each is varied by 50 % either way so that clients do not come in step.
 */
export function backoff(attempt: number, random: () => number, first = 1_000, most = 30_000): number {
  const base = Math.min(first * 2 ** (Math.max(1, attempt) - 1), most);
  return Math.round(base * (0.5 + random()));
}
