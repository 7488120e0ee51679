/**
 * Dragging with mouse, pen or a finger: a note onto a note makes a cluster, onto a cluster moves it, out of one takes it out;
 * a cluster onto a cluster merges them. Everything here can be done from the menus too (WCAG 2.5.7). Escape lets go.
 */
import { t } from '../app/i18n.js';
import { placeNotes, provisionalName } from './board-actions.js';

/** How far a mouse moves before it is a drag and not a press, in CSS pixels. */
const FAR = 6;
/** How long a finger rests before a note is lifted, in milliseconds; sooner than that, it scrolls. */
const REST = 350;
const EDGE = 64;

/** @param {HTMLElement} area the board @param {any} desk @param {Set<string>} selected */
export function enableDrag(area, desk, selected) {
  let drag = null;

  area.addEventListener('pointerdown', (event) => {
    if (drag || event.button !== 0 || event.target.closest('input, a, [aria-haspopup], label')) return;
    const source = event.target.closest('.slip[data-movable]') ?? event.target.closest('.tray[data-movable] > .tray__head')?.parentElement;
    if (!source || source.closest('[data-fixed]')) return;
    drag = { source, startX: event.clientX, startY: event.clientY, x: event.clientX, y: event.clientY, pointer: event.pointerId, ghost: null, target: null };
    if (event.pointerType === 'touch') drag.timer = setTimeout(lift, REST);
    addEventListener('pointermove', moved);
    addEventListener('pointerup', released);
    addEventListener('pointercancel', letGo);
    addEventListener('keydown', key, true);
    document.addEventListener('touchmove', hold, { passive: false });
  });

  function moved(event) {
    if (event.pointerId !== drag?.pointer) return;
    drag.x = event.clientX;
    drag.y = event.clientY;
    if (!drag.ghost) {
      const far = Math.hypot(drag.x - drag.startX, drag.y - drag.startY) > FAR;
      if (!far) return;
      if (drag.timer) return letGo();
      lift();
    }
    follow();
  }

  function lift() {
    const { source } = drag;
    clearTimeout(drag.timer);
    const box = source.getBoundingClientRect();
    const ghost = source.cloneNode(true);
    ghost.classList.add('ghost');
    ghost.setAttribute('aria-hidden', 'true');
    ghost.inert = true;
    for (const [name, value] of Object.entries({ width: `${box.width}px`, left: `${box.left}px`, top: `${box.top}px` })) ghost.style.setProperty(name, value);
    const notes = notesOf(source);
    if (notes.length > 1 && !source.dataset.cluster) ghost.dataset.count = String(notes.length);
    document.body.append(ghost);
    Object.assign(drag, { ghost, notes, dx: drag.startX - box.left, dy: drag.startY - box.top });
    source.classList.add('lifted');
    document.documentElement.classList.add('dragging');
    getSelection()?.removeAllRanges();
    follow();
    drag.frame = requestAnimationFrame(scroll);
  }

  function follow() {
    const { ghost, x, y, dx, dy } = drag;
    ghost.style.setProperty('left', `${x - dx}px`);
    ghost.style.setProperty('top', `${y - dy}px`);
    const target = dropTarget(document.elementFromPoint(x, y), drag.source);
    if (target === drag.target) return;
    drag.target?.classList.remove('drop');
    target?.classList.add('drop');
    drag.target = target;
  }

  /** Scrolls the board while the pointer is near its upper or lower edge. */
  function scroll() {
    if (!drag?.ghost) return;
    const pane = area.closest('.desk__pane') ?? area;
    const box = pane.getBoundingClientRect();
    if (drag.y < box.top + EDGE) pane.scrollBy(0, -10);
    else if (drag.y > box.bottom - EDGE) pane.scrollBy(0, 10);
    drag.frame = requestAnimationFrame(scroll);
  }

  function released(event) {
    if (event.pointerId !== drag?.pointer) return;
    const { ghost, target, source, notes } = drag;
    letGo();
    if (!ghost) return;
    // A press that became a drag must not also press what lies under it.
    addEventListener('click', (click) => { click.stopPropagation(); click.preventDefault(); }, { capture: true, once: true, signal: AbortSignal.timeout(50) });
    if (target) drop(source, target, notes);
  }

  function letGo() {
    if (!drag) return;
    clearTimeout(drag.timer);
    cancelAnimationFrame(drag.frame);
    drag.ghost?.remove();
    drag.target?.classList.remove('drop');
    drag.source.classList.remove('lifted');
    document.documentElement.classList.remove('dragging');
    removeEventListener('pointermove', moved);
    removeEventListener('pointerup', released);
    removeEventListener('pointercancel', letGo);
    removeEventListener('keydown', key, true);
    document.removeEventListener('touchmove', hold);
    drag = null;
  }

  const hold = (event) => { if (drag?.ghost) event.preventDefault(); };
  const key = (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    letGo();
  };

  const notesOf = (source) => {
    const id = source.dataset.note;
    return id && selected.has(id) ? [...selected] : id ? [id] : [];
  };

  async function drop(source, target, notes) {
    const { act, state } = desk;
    const undo = { label: t('console.undo'), act: () => act('clustering.undo') };
    const { cluster, note, column } = target.dataset;
    if (source.dataset.cluster) {
      await act('cluster.merge', { cluster: source.dataset.cluster, into: cluster }, { text: t('console.cluster.merged'), action: undo });
    } else if (cluster) await act('notes.move', { notes, cluster });
    else if (note) await act('cluster.create', { name: provisionalName(state), notes: [...new Set([note, ...notes])] });
    else await placeNotes(desk, notes, column, act);
    selected.clear();
    desk.refresh();
  }
}

/** @returns {HTMLElement | null} what a thing over this element would be dropped on */
function dropTarget(element, source) {
  const tray = element?.closest('.tray[data-cluster]');
  if (source.dataset.cluster) return tray && tray !== source ? tray : null;
  if (tray) return tray.contains(source) ? null : tray;
  const slip = element?.closest('.slip[data-movable]');
  if (slip && slip !== source && !slip.closest('[data-fixed]')) return slip;
  if (slip === source) return null;
  return element?.closest('[data-column]') ?? null;
}
