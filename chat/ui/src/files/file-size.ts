const UNITS = ['kB', 'MB', 'GB'];

/** "840 B", "1.2 MB": a size for people. */
export function fileSize(bytes: number): string {
  let size = bytes;
  let unit = 'B';
  for (const next of UNITS) {
    if (size < 1000) break;
    size /= 1000;
    unit = next;
  }
  return `${unit === 'B' || size >= 10 ? Math.round(size) : Math.round(size * 10) / 10} ${unit}`;
}
