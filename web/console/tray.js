import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';
import { createActionMenu } from '../components/action-menu.js';
import { openRenameDialog } from './board-actions.js';
import { clusterItems } from './board-menus.js';
import { icon } from './icons.js';
import { createSlip, updateSlip } from './slip.js';

/** A cluster: a tray with a name, a count and its notes. */
export function createTray(desk, selected, selectionChanged) {
  const tray = el('li', { class: 'tray' });
  const name = el('button', { class: 'tray__name', type: 'button', onclick: () => { if (desk.state.may('cluster')) openRenameDialog(desk, tray.item); } });
  const count = el('span', { class: 'tray__count numbers', 'aria-hidden': 'true' });
  const words = el('span', { class: 'visually-hidden' });
  const menu = createActionMenu({ face: icon('more'), className: 'slip__menu tray__menu', items: () => clusterItems(desk, tray.item) });
  const notes = el('ul', { class: 'tray__notes', role: 'list' });
  tray.parts = { name, count, words, menu, notes };
  tray.append(el('div', { class: 'tray__head' }, el('span', { class: 'tray__grip', 'aria-hidden': 'true' }, icon('grip')),
    el('h4', { class: 'tray__heading' }, name, words), count, menu), notes);
  tray.create = () => createSlip(desk, selected, selectionChanged);
  return tray;
}

/** @param {any} tray @param {import('./board-model.js').Cluster} item */
export function updateTray(desk, selected, tray, item, numbers) {
  tray.item = item;
  const { name, count, words, menu, notes } = tray.parts;
  const { state } = desk;
  setText(name, item.entry.name);
  setAttribute(name, 'aria-disabled', !state.may('cluster') && 'true');
  setAttribute(name, 'title', state.may('cluster') && t('console.cluster.rename-item'));
  setText(count, formatNumber(item.notes.length));
  setText(words, t('console.notes', { count: item.notes.length }));
  setAttribute(menu, 'aria-label', t('console.cluster.menu', { name: item.entry.name }));
  setAttribute(tray, 'data-cluster', item.id);
  setAttribute(tray, 'data-spotlit', state.spotlight === item.id);
  setAttribute(tray, 'data-movable', state.may('cluster') && !state.session.ended);
  reconcile(notes, item.notes, { key: ({ id }) => id, create: tray.create, update: (slip, note) => updateSlip(desk, selected, slip, note, numbers) });
}
