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
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M8.500 14.200c1.600 2.400 5.400 2.400 7 0 M9 9.500v.2 M15 9.500v.2',
  reply: 'M9.500 6L4 11.500 9.500 17 M4 11.500h9c4 0 7 2.500 7 6.500',
  edit: 'M4 20h4L19.500 8.500l-4-4L4 16z M13 7l4 4',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1 M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  pin: 'M9 4h6l-.7 6 3.200 3.500H6.500L9.700 10z M12 13.500V20',
  unread: 'M4 6h10 M4 11h7 M4 16h13 M19 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  trash: 'M4 7h16 M9.500 7V4.500h5V7 M6.500 7l1 13h9l1-13 M10.500 11v5 M13.500 11v5',
  hash: 'M9.500 4L7.500 20 M16.500 4l-2 16 M4.500 9h16 M3.500 15h16',
  more: 'M5 12h.01 M12 12h.01 M19 12h.01',
  leave: 'M14 4H5v16h9 M10 12h11 M17.500 8l4 4-4 4',
  keys: 'M3 6h18v12H3z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8',
  search: 'M10.500 18a7.500 7.500 0 1 0 0-15 7.500 7.500 0 0 0 0 15z M16 16l5 5',
  at: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M16 8v5.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-3.500 7.100',
  plus: 'M12 5v14 M5 12h14',
  lock: 'M6 11h12v9H6z M8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15z M10 20.500h4',
  muted: 'M6 16V11c0-.8.200-1.600.500-2.300 M9 5.800A6 6 0 0 1 18 11v5 M4.500 18H17 M10 20.500h4 M3 3l18 18',
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  invite: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z M2.500 20c.6-4 3-6 6.500-6s5.900 2 6.500 6 M19 8v6 M16 11h6',
  read: 'M2.500 12.500l4.500 4.500L16 7 M12.500 17L22 7',
  archive: 'M3.500 5h17v4h-17z M5 9v10h14V9 M10 13h4',
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
