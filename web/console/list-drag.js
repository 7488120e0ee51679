/** How near the edge of the window a dragged row begins to scroll it, in CSS pixels. */
const EDGE = 64;

/**
 * Dragging rows of a list by their handles, with mouse, pen or a finger. Everything here can be done by buttons too (WCAG 2.5.7). Escape lets go.
 *
 * @param {HTMLElement} list whose children are the rows
 * @param {string} handle a selector
 * @param {(row: HTMLElement, to: number) => void} move to this index among all rows
 */
export function enableListDrag(list, handle, move) {
  let drag = null;

  list.addEventListener('pointerdown', (event) => {
    const row = event.target.closest(handle)?.closest('li');
    if (drag || !row || event.button !== 0) return;
    event.preventDefault();
    drag = { row, pointer: event.pointerId, from: [...list.children].indexOf(row), to: null, y: event.clientY };
    row.classList.add('lifted');
    document.documentElement.classList.add('dragging');
    addEventListener('pointermove', moved);
    addEventListener('pointerup', released);
    addEventListener('pointercancel', letGo);
    addEventListener('keydown', key, true);
    drag.frame = requestAnimationFrame(scroll);
  });

  function moved(event) {
    if (event.pointerId !== drag?.pointer) return;
    drag.y = event.clientY;
    mark();
  }

  /** Shows where it would go: a line above or below the row that is there. */
  function mark() {
    const others = [...list.children].filter((row) => row !== drag.row);
    const before = others.findIndex((row) => {
      const { top, height } = row.getBoundingClientRect();
      return drag.y < top + height / 2;
    });
    drag.to = before < 0 ? others.length : before;
    unmark();
    if (before < 0) others.at(-1)?.classList.add('drop-after');
    else others[before].classList.add('drop-before');
  }

  function scroll() {
    if (!drag) return;
    if (drag.y < EDGE) window.scrollBy(0, -8);
    else if (drag.y > innerHeight - EDGE) window.scrollBy(0, 8);
    drag.frame = requestAnimationFrame(scroll);
  }

  const unmark = () => { for (const row of list.children) row.classList.remove('drop-before', 'drop-after'); };

  function released(event) {
    if (event.pointerId !== drag?.pointer) return;
    const { row, from, to } = drag;
    letGo();
    if (to !== null && to !== from) move(row, to);
  }

  function letGo() {
    if (!drag) return;
    cancelAnimationFrame(drag.frame);
    unmark();
    drag.row.classList.remove('lifted');
    document.documentElement.classList.remove('dragging');
    removeEventListener('pointermove', moved);
    removeEventListener('pointerup', released);
    removeEventListener('pointercancel', letGo);
    removeEventListener('keydown', key, true);
    drag = null;
  }

  const key = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    letGo();
  };
}
