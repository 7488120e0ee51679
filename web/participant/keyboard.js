/**
 * Keeps what is fixed at the bottom above the on-screen keyboard, where the browser lays the keyboard over the page
 * (Safari): `--keyboard` holds how much it covers.
 *
 * @param {HTMLElement} element which gets the custom property
 * @returns {() => void} to stop
 */
export function avoidKeyboard(element) {
  const viewport = globalThis.visualViewport;
  if (!viewport) return () => {};
  const measure = () => {
    // While zoomed in by two fingers, the visible part is small for another reason.
    const covered = viewport.scale > 1.05 ? 0 : Math.max(0, innerHeight - viewport.height - viewport.offsetTop);
    const value = `${Math.round(covered)}px`;
    if (element.style.getPropertyValue('--keyboard') !== value) element.style.setProperty('--keyboard', value);
  };
  viewport.addEventListener('resize', measure);
  viewport.addEventListener('scroll', measure);
  return () => {
    viewport.removeEventListener('resize', measure);
    viewport.removeEventListener('scroll', measure);
  };
}
