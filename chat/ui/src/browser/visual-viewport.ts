/** iOS lays its keyboard over the page and does not resize it. Passes the visible height to the styles. */
export function fitKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    // The page keeps its size while the person zooms in.
    if (seen.scale > 1.01) return;
    scrollTo(0, 0);
    document.documentElement.style.setProperty('--height', `${Math.round(seen.height)}px`);
  };
  seen.addEventListener('resize', fit);
  fit();
}
