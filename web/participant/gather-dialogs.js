/** The "move to …" ways: what a drag does, for a thumb, a keyboard and a screen reader. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { openDialog } from './edit-dialog.js';

function radios(name, items, chosen) {
  return items.map(({ value, text }) => {
    const input = el('input', { type: 'radio', name, value });
    input.checked = value === chosen;
    return el('label', { class: 'line-choice' }, input, el('span', { text }));
  });
}

/**
 * @param {{ id: string, name: string }[]} clusters
 * @param {string | null} current
 * @param {(choice: { cluster: string | null } | { name: string }) => void} chosen
 */
export function chooseCluster(clusters, current, chosen) {
  const name = el('input', { class: 'input', maxlength: '80', 'aria-label': t('gather.newName'), placeholder: t('gather.newName') });
  const items = [
    ...clusters.map((cluster) => ({ value: cluster.id, text: cluster.name || t('common.unnamedCluster') })),
    { value: 'new', text: t('gather.new') },
    ...(current ? [{ value: 'none', text: t('gather.none') }] : []),
  ];
  const list = el('div', { class: 'line-choices' }, ...radios('cluster', items, current ?? items[0].value), name);
  const update = () => { name.hidden = list.querySelector('input:checked')?.value !== 'new'; };
  list.addEventListener('change', update);
  update();
  openDialog(t('gather.title'), [list], t('gather.move'), () => {
    const value = list.querySelector('input:checked')?.value;
    if (!value) return false;
    if (value === 'new') chosen({ name: name.value.trim() });
    else if (value !== current) chosen({ cluster: value === 'none' ? null : value });
    return true;
  });
}

/** @param {{ id: string, name: string, group: string }[]} columns @param {string | null} current @param {(column: string) => void} chosen */
export function chooseColumn(columns, current, chosen) {
  const items = columns.map(({ id, name, group }) => ({ value: id, text: group ? `${group}: ${name}` : name }));
  const list = el('div', { class: 'line-choices' }, ...radios('column', items, current));
  openDialog(t('gather.placeTitle'), [list], t('gather.place'), () => {
    const value = list.querySelector('input:checked')?.value;
    if (value && value !== current) chosen(value);
  });
}

/** @param {string} current @param {(name: string) => void} chosen */
export function nameCluster(current, chosen) {
  const field = el('input', { class: 'input', maxlength: '80', 'aria-label': t('gather.name') });
  field.value = current;
  openDialog(t('gather.rename'), [field], t('common.save'), () => chosen(field.value.trim()));
  field.select();
}
