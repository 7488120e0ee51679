import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createActionMenu } from '../components/action-menu.js';
import { excerpt, noteItems } from './board-actions.js';
import { icon } from './icons.js';

/**
 * A note on the console's board: the paper, a checkbox to choose it, and its menu.
 *
 * @param {any} desk
 * @param {Set<string>} selected ids of chosen notes
 * @param {() => void} selectionChanged
 */
export function createSlip(desk, selected, selectionChanged) {
  const text = el('p', { class: 'slip__text' });
  const facts = el('p', { class: 'slip__facts' });
  const box = el('input', { type: 'checkbox', class: 'slip__box' });
  const slip = el('li', { class: 'slip' });
  const menu = createActionMenu({ face: icon('more'), className: 'slip__menu', items: () => noteItems(desk, slip.item) });
  box.addEventListener('change', () => {
    if (box.checked) selected.add(slip.item.id);
    else selected.delete(slip.item.id);
    selectionChanged();
  });
  slip.parts = { text, facts, box, menu };
  slip.append(el('label', { class: 'slip__select' }, box), text, facts, menu);
  return slip;
}

/** @param {any} slip @param {{ id: string, entry: any }} item */
export function updateSlip(desk, selected, slip, item) {
  slip.item = item;
  const { entry, id } = item;
  const { text, facts, box, menu } = slip.parts;
  const { state } = desk;
  setText(text, entry.text);
  setAttribute(text, 'lang', entry.language && entry.language !== document.documentElement.lang && entry.language);
  setText(facts, [
    entry.author,
    entry.source !== 'phone' && t(`console.source.${entry.source}`),
    state.spotlight === id && t('console.spotlight.on'),
  ].filter(Boolean).join(' · '));
  facts.hidden = facts.textContent === '';
  setAttribute(slip, 'data-note', id);
  setAttribute(slip, 'data-paper', entry.paper);
  setAttribute(slip, 'data-spotlit', state.spotlight === id);
  const may = state.may('cluster') && !state.session.ended;
  setAttribute(slip, 'data-movable', may);
  box.parentElement.hidden = !may;
  box.checked = selected.has(id);
  setAttribute(slip, 'data-selected', box.checked);
  setAttribute(box, 'aria-label', t('console.note.select', { text: excerpt(entry.text) }));
  setAttribute(menu, 'aria-label', t('console.note.menu', { text: excerpt(entry.text) }));
}
