import { expect, test } from 'vitest';
import { isDeep, personHue } from '../src/design/person-hue';

const people = Array.from({ length: 16 }, (_, order) => order);
const distance = (a: number, b: number) => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

test('sixteen people in a row differ by 30 degrees or by lightness', () => {
  for (const a of people) {
    for (const b of people) {
      if (a === b || isDeep(a) !== isDeep(b)) continue;
      expect(distance(personHue(a), personHue(b)), `${a} and ${b}`).toBeGreaterThan(30);
    }
  }
});

test('a hue is a whole number of degrees below 360', () => {
  for (const order of [0, 1, 5000]) {
    expect(personHue(order)).toBeGreaterThanOrEqual(0);
    expect(personHue(order)).toBeLessThanOrEqual(360);
    expect(Number.isInteger(personHue(order))).toBe(true);
  }
});
