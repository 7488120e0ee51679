import { el, setAttribute } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createActionMenu } from '../components/action-menu.js';
import { createNoteCard, updateNoteCard } from '../components/note-card.js';
import { excerpt } from './board-actions.js';
import { noteItems } from './board-menus.js';
import { icon } from './icons.js';

/**
 * A note on the console's board: the paper, a checkbox to choose it, and its menu.
 *
 * @param {any} desk
 * @param {Set<string>} selected ids of chosen notes
 * @param {() => void} selectionChanged
 */
export function createSlip(desk, selected, selectionChanged) {
  const card = createNoteCard('div');
  const box = el('input', { type: 'checkbox', class: 'slip__box' });
  const slip = el('li', { class: 'slip' });
  const menu = createActionMenu({ face: icon('more'), className: 'slip__menu', items: () => noteItems(desk, slip.item) });
  box.addEventListener('change', () => {
    if (box.checked) selected.add(slip.item.id);
    else selected.delete(slip.item.id);
    selectionChanged();
  });
  slip.parts = { card, box, menu };
  slip.append(el('label', { class: 'slip__select' }, box), card, menu);
  return slip;
}

/** @param {any} slip @param {{ id: string, entry: any }} item @param {Map<string, number>} [numbers] the notes' numbers in the board's picture */
export function updateSlip(desk, selected, slip, item, numbers) {
  slip.item = item;
  const { entry, id } = item;
  const { card, box, menu } = slip.parts;
  const { state } = desk;
  const badges = [];
  if (state.spotlight === id) badges.push({ id: 'spotlight', text: t('console.spotlight.on'), strong: true });
  if (entry.mine && entry.visible === false) badges.push({ id: 'private', text: t('console.note.private') });
  if (entry.group) badges.push({ id: 'group', icon: 'people', text: entry.group.name || t('console.groups.group', { number: entry.group.number }) });
  updateNoteCard(card, { text: entry.text, paper: entry.paper, language: entry.language, author: entry.author, source: entry.source, badges, number: numbers?.get(id) });
  setAttribute(slip, 'data-note', id);
  setAttribute(slip, 'data-spotlit', state.spotlight === id);
  const may = state.may('cluster') && !state.session.ended;
  setAttribute(slip, 'data-movable', may);
  box.parentElement.hidden = !may;
  box.checked = selected.has(id);
  setAttribute(slip, 'data-selected', box.checked);
  setAttribute(box, 'aria-label', t('console.note.select', { text: excerpt(entry.text) }));
  setAttribute(menu, 'aria-label', t('console.note.menu', { text: excerpt(entry.text) }));
}
