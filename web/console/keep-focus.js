/**
 * Keeps the focus with a note or a cluster that moves to another list, where it is a new element: without this the focus
 * would fall to the top of the page. A focus that the person moved away herself is left alone.
 *
 * @param {HTMLElement} area
 * @returns {() => void} to be called after the area was drawn anew
 */
export function keepFocus(area) {
  let last = null;
  area.addEventListener('focusin', ({ target }) => {
    const thing = target.closest('[data-note], [data-cluster]');
    last = thing && { note: thing.dataset.note, cluster: thing.dataset.cluster, className: target.className };
  });
  area.addEventListener('focusout', ({ target }) => {
    // Asked a moment later: by then it is known whether a dialog took the focus, or the element was taken away.
    setTimeout(() => {
      if (document.activeElement === document.body && target.isConnected && !document.querySelector('dialog[open]')) last = null;
    });
  });
  function restore() {
    if (!last || document.activeElement !== document.body) return;
    const kind = last.note ? 'note' : 'cluster';
    const thing = area.querySelector(`[data-${kind}="${last[kind]}"]`) ?? area.querySelector('[data-note]');
    const same = last.className && thing?.querySelector(`.${last.className.split(' ').join('.')}`);
    (same ?? thing?.querySelector('[aria-haspopup]'))?.focus({ preventScroll: true });
  }
  document.addEventListener('console:closed', () => requestAnimationFrame(restore));
  return restore;
}
