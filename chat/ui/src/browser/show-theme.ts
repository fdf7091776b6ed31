/** Sets the colours of the page; `auto` follows the browser. */
export function showTheme(theme: 'auto' | 'light' | 'dark'): void {
  const root = document.documentElement;
  if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
