/** Icons drawn on a 24 × 24 field with one stroke; they take the colour of the text. */
const PATHS = {
  send: 'M4 12 20 4l-5 16-4-7z M11 13l9-9',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6 M16 4.6a3.5 3.5 0 0 1 0 5.8 M18 14.5c2 .9 3.2 2.7 3.5 5.5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.5 20.5c.7-4.3 3.5-6.5 7.5-6.5s6.8 2.2 7.5 6.5',
  shield: 'M12 3l7.5 3v5.5c0 4.5-3 7.8-7.5 9.5-4.5-1.7-7.5-5-7.5-9.5V6z',
  hush: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z M16 9.5l5 5 M21 9.5l-5 5',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12 M18 6L6 18',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M12 7v5l3.5 2',
  check: 'M5 12.5l4.5 4.5L19 7',
  warn: 'M12 4L2.5 20.5h19z M12 10v5 M12 17.8v.2',
  down: 'M12 5v14 M6 13l6 6 6-6',
  up: 'M12 19V5 M6 11l6-6 6 6',
  copy: 'M9 9h11v11H9z M5 15H4V4h11v1',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z M8.5 14.2c1.6 2.4 5.4 2.4 7 0 M9 9.5v.2 M15 9.5v.2',
  reply: 'M9.5 6L4 11.5 9.5 17 M4 11.5h9c4 0 7 2.5 7 6.5',
  edit: 'M4 20h4L19.5 8.5l-4-4L4 16z M13 7l4 4',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1 M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  bookmark: 'M6.5 4h11v16.5l-5.5-4-5.5 4z',
  pin: 'M9 4h6l-.7 6 3.2 3.5H6.5L9.7 10z M12 13.5V20',
  unread: 'M4 6h10 M4 11h7 M4 16h13 M19 9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  trash: 'M4 7h16 M9.5 7V4.5h5V7 M6.5 7l1 13h9l1-13 M10.5 11v5 M13.5 11v5',
  hash: 'M9.5 4L7.5 20 M16.5 4l-2 16 M4.5 9h16 M3.5 15h16',
  more: 'M5 12h.01 M12 12h.01 M19 12h.01',
  leave: 'M14 4H5v16h9 M10 12h11 M17.5 8l4 4-4 4',
  keys: 'M3 6h18v12H3z M7 10h.01 M11 10h.01 M15 10h.01 M8 14h8',
  attach: 'M20 11.5l-8.2 8.2a5 5 0 0 1-7-7L13 4.5a3.3 3.3 0 0 1 4.7 4.7L9.6 17.3a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6',
  file: 'M6 3h8l5 5v13H6z M13.5 3v5.5H19',
  save: 'M12 4v11 M6.5 10l5.5 5.5 5.5-5.5 M5 20h14',
  search: 'M10.5 18a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15z M16 16l5 5',
  at: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1',
  plus: 'M12 5v14 M5 12h14',
  lock: 'M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15z M10 20.5h4',
  muted: 'M6 16V11c0-.8.2-1.6.5-2.3 M9 5.8A6 6 0 0 1 18 11v5 M4.5 18H17 M10 20.5h4 M3 3l18 18',
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  invite: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6 M19 8v6 M16 11h6',
  read: 'M2.5 12.5l4.5 4.5L16 7 M12.5 17L22 7',
  archive: 'M3.5 5h17v4h-17z M5 9v10h14V9 M10 13h4',
  offline: 'M3 3l18 18 M5 12.5a10 10 0 0 1 4-2.4 M2 9a15 15 0 0 1 4.5-2.8 M12 6c4 0 7.3 1.2 10 3 M15.5 13.2a8 8 0 0 1 2 1.3 M12 19h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
