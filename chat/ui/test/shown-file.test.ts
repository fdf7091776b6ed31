import { expect, test } from 'vitest';
import { fileSize } from '../src/files/file-size';
import { boxOf, fileAddress, textOrFiles } from '../src/files/shown-file';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1240, '1.2 kB'],
  [26_214_400, '26 MB'],
  [1_073_741_824, '1.1 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(fileSize(bytes)).toBe(text);
});

test.each([
  [100, 100, 100, 100],
  [1600, 1000, 400, 250],
  [1000, 3000, 100, 300],
  [10_000, 10, 400, 44],
])('an image of %i × %i has a box of %i × %i', (width, height, boxWidth, boxHeight) => {
  expect(boxOf(width, height)).toEqual({ width: boxWidth, height: boxHeight });
});

test('images of one message are smaller', () => {
  expect(boxOf(1600, 1000, true)).toEqual({ width: 196, height: 123 });
});

test('a large image has another address for its small form', () => {
  const file = { id: 'f', name: 'a', type: 'image/png', size: 1, width: 2, height: 2 };
  expect(fileAddress(file, true)).toBe('/files/f');
  expect(fileAddress({ ...file, preview: true }, true)).toBe('/files/f/preview');
  expect(fileAddress({ ...file, preview: true })).toBe('/files/f');
});

test('a message without text is told by its files', () => {
  const files = [{ id: 'f', name: 'a.png', type: 'x', size: 1, alt: 'a cat' }, { id: 'g', name: 'b.txt', type: 'x', size: 1 }];
  expect(textOrFiles('', files)).toBe('a cat, b.txt');
  expect(textOrFiles('text', files)).toBe('text');
  expect(textOrFiles('', undefined)).toBe('');
});
