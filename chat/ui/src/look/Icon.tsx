/** Icons drawn on a 24 × 24 field with one stroke; they take the colour of the text. */
const PATHS = {
  send: 'M4 12 20 4l-5 16-4-7z M11 13l9-9',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M2.5 20c.6-4 3-6 6.500-6s5.900 2 6.500 6 M16 4.600a3.500 3.500 0 0 1 0 5.800 M18 14.500c2 .9 3.200 2.700 3.500 5.500',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12 M18 6L6 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 7v5l3.500 2',
  check: 'M5 12.500l4.500 4.500L19 7',
  warn: 'M12 4L2.500 20.500h19z M12 10v5 M12 17.800v.2',
  down: 'M12 5v14 M6 13l6 6 6-6',
  up: 'M12 19V5 M6 11l6-6 6 6',
  copy: 'M9 9h11v11H9z M5 15H4V4h11v1',
  hash: 'M9.500 4L7.500 20 M16.500 4l-2 16 M4.500 9h16 M3.500 15h16',
  more: 'M5 12h.01 M12 12h.01 M19 12h.01',
  leave: 'M14 4H5v16h9 M10 12h11 M17.500 8l4 4-4 4',
  keys: 'M3 6h18v12H3z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8',
  offline: 'M3 3l18 18 M5 12.500a10 10 0 0 1 4-2.400 M2 9a15 15 0 0 1 4.500-2.800 M12 6c4 0 7.300 1.200 10 3 M15.500 13.200a8 8 0 0 1 2 1.300 M12 19h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
