/** Steps by the golden angle keep the hues of people who joined one after another far apart. */
const GOLDEN_ANGLE = 137.508;

/** The number of neighbouring people with the same lightness. */
const SAME_LIGHTNESS = 8;

/** A person's hue in degrees, by the order of joining. */
export function personHue(order: number): number {
  return Math.round((25 + order * GOLDEN_ANGLE) % 360);
}

/** Every second group of eight people is darker, so that similar hues differ in lightness. */
export function isDeep(order: number): boolean {
  return Math.floor(order / SAME_LIGHTNESS) % 2 === 1;
}
