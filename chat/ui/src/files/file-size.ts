import { locale } from '../language/language';

const UNITS = ['kB', 'MB', 'GB'];

/** A part of a hundred: "45%". */
export const percentText = (percent: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(percent / 100);

/** "840 B", "1.2 MB": a size for people. */
export function fileSize(bytes: number): string {
  let size = bytes;
  let unit = 'B';
  for (const next of UNITS) {
    if (size < 1000) break;
    size /= 1000;
    unit = next;
  }
  const digits = unit === 'B' || size >= 10 ? 0 : 1;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(size)} ${unit}`;
}
