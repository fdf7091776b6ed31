import { expect, test } from 'vitest';
import { middle, moved, sideOf } from '../src/accounts/crop';

const wide = { width: 400, height: 200 };

test('the largest square in the middle is offered', () => {
  expect(middle(wide)).toEqual({ x: 200, y: 100, zoom: 1 });
  expect(sideOf(wide, middle(wide))).toBe(200);
});

test('the square stays inside the image', () => {
  expect(moved(wide, middle(wide), { x: -500, y: 50 })).toEqual({ x: 100, y: 100, zoom: 1 });
  const near = moved(wide, middle(wide), { zoom: 2 });
  expect(moved(wide, near, { x: 500, y: 500 })).toEqual({ x: 350, y: 150, zoom: 2 });
  expect(moved(wide, moved(wide, near, { x: 500 }), { zoom: 1 })).toEqual({ x: 300, y: 100, zoom: 1 });
});

test('the zoom has bounds', () => {
  expect(moved(wide, middle(wide), { zoom: 0.1 }).zoom).toBe(1);
  expect(moved(wide, middle(wide), { zoom: 99 }).zoom).toBe(4);
});
