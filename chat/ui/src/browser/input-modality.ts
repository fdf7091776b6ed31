/**
 * Marks the page while the keyboard moves the focus. Styles cannot tell it by themselves, because `:focus-visible`
 * always matches a text field with the focus.
 */
export function watchInputModality(): void {
  const root = document.documentElement;
  addEventListener(
    'keydown',
    ({ key }) => {
      if (key === 'Tab' || key === 'F6') root.dataset['keyboard'] = '';
    },
    { capture: true },
  );
  addEventListener('pointerdown', () => delete root.dataset['keyboard'], { capture: true });
}
