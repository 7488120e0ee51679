import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { choiceField, numberField, wholeNumber } from './fields.js';

const WAYS = ['none', 'random', 'channel', 'choice', 'hand', 'merge'];
const SIZES = [2, 12];
const TABLES = [1, 200];

/** How a phase's groups are made. @param {any} was the definition before */
export function groupFields(was) {
  const how = was.grouping?.how ?? 'none';
  const by = was.grouping?.tables ? 'tables' : 'size';
  const size = numberField({ name: 'groupSize', label: t('console.groups.size'), value: was.grouping?.size ?? 4, min: SIZES[0], max: SIZES[1] });
  const tables = numberField({ name: 'groupTables', label: t('console.groups.tables'), value: was.grouping?.tables ?? 6, min: TABLES[0], max: TABLES[1] });
  const measure = choiceField({ name: 'groupBy', legend: t('console.groups.by'), value: by, options: ['size', 'tables'].map((value) => ({ value, label: t(`console.groups.by-${value}`) })) });
  const element = el('div', { class: 'stack' },
    choiceField({ name: 'groupHow', legend: t('console.groups.how'), value: how, list: true,
      options: WAYS.map((value) => ({ value, label: t(`console.groups.how-${value}`), hint: value === 'none' || value === 'random' ? undefined : t(`console.groups.how-${value}-hint`) })) }),
    measure, size, tables);
  /** Asks only for what goes together; what a group sees needs a group. */
  const settle = (form) => {
    const isGroup = form.elements.rhythm.value === 'group';
    const way = form.elements.groupHow.value;
    element.hidden = !isGroup;
    const counts = way !== 'none' && way !== 'merge';
    measure.hidden = !counts;
    size.hidden = !counts || form.elements.groupBy.value !== 'size';
    tables.hidden = !counts || form.elements.groupBy.value !== 'tables';
    const seen = form.querySelector('input[name="visibility"][value="group"]');
    seen.disabled = !isGroup || way === 'none';
    if (seen.disabled && seen.checked) form.querySelector('input[name="visibility"][value="own"]').checked = true;
  };
  return { element, settle };
}

/** @param {HTMLFormElement} form @returns {any} the definition's `grouping`, or null */
export function readGrouping(form) {
  const how = form.elements.groupHow.value;
  if (form.elements.rhythm.value !== 'group' || how === 'none') return null;
  if (how === 'merge') return { how };
  return form.elements.groupBy.value === 'tables' ? { how, tables: wholeNumber(form, 'groupTables', 6) } : { how, size: wholeNumber(form, 'groupSize', 4) };
}
