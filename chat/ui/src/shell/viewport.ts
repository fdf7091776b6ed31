/** iOS lays its keyboard over the page instead of making it shorter; the visible height is told to the styles. */
export function fitKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    // While somebody zooms in, the page keeps its size.
    if (seen.scale > 1.01) return;
    scrollTo(0, 0);
    document.documentElement.style.setProperty('--height', `${Math.round(seen.height)}px`);
  };
  seen.addEventListener('resize', fit);
  fit();
}
