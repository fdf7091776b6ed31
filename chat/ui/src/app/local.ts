import { signal } from '@preact/signals';

/** Small things remembered on this browser; a browser that forbids it forgets them, nothing more. */
function read(key: string): string | undefined {
  try {
    return localStorage.getItem(`natter.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: string): void {
  try {
    if (value === '') localStorage.removeItem(`natter.${key}`);
    else localStorage.setItem(`natter.${key}`, value);
  } catch {
    // Full or forbidden.
  }
}

export const lastName = () => read('name') ?? '';
export const rememberName = (name: string) => write('name', name);

export const draft = (room: string) => read(`draft.${room}`) ?? '';
export const keepDraft = (room: string, text: string) => write(`draft.${room}`, text);

/** Names this browser to the server. */
export function device(make: () => string): string {
  const known = read('device');
  if (known) return known;
  const fresh = make();
  write('device', fresh);
  return fresh;
}

export type Theme = 'auto' | 'light' | 'dark';

export const theme = signal<Theme>(asTheme(read('theme')));

export function setTheme(next: Theme): void {
  theme.value = next;
  write('theme', next === 'auto' ? '' : next);
  showTheme();
}

export function showTheme(): void {
  const root = document.documentElement;
  if (theme.value === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme.value;
}

function asTheme(text: string | undefined): Theme {
  return text === 'light' || text === 'dark' ? text : 'auto';
}
