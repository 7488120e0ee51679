import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { excerpt } from './board-actions.js';
import { groupsOf, placeName } from '../app/structure.js';
import { choiceField } from './fields.js';

const KEPT = 5;

/**
 * Notes from people without a phone: one line a note, Enter sends, the field is ready for the next. What could not be sent
 * stays in the field.
 */
export function createPaperEntry(desk) {
  const source = choiceField({ name: 'paper-source', legend: t('console.paper.from'), value: 'paper', options: ['paper', 'table'].map((value) => ({ value, label: t(`console.paper.${value}`) })) });
  const column = el('select', { class: 'input', id: 'paper-column' });
  const columnField = el('div', { class: 'field' }, el('label', { class: 'field__label', for: 'paper-column', text: t('console.paper.column') }), column);
  const text = el('textarea', { class: 'input', id: 'paper-text', rows: 2, maxlength: desk.client.limits.noteCharacters, enterkeyhint: 'send', 'aria-describedby': 'paper-hint' });
  const send = el('button', { class: 'button', type: 'submit', text: t('console.paper.send') });
  const sent = el('ul', { class: 'paper__sent', role: 'list', 'aria-label': t('console.paper.sent') });
  const form = el('form', { class: 'stack paper__form' },
    el('div', { class: 'field' }, el('label', { class: 'field__label', for: 'paper-text', text: t('console.paper.text') }), el('p', { class: 'field__hint', id: 'paper-hint', text: t('console.paper.hint') }), text),
    columnField, source, send, sent);
  const isHelper = desk.client.role === 'helper';
  const element = el('details', { class: 'paper', open: isHelper }, el('summary', { class: 'now__part', text: t('console.paper.title') }), form);
  const done = [];
  let number = 0;

  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // A pasted list is one note a line.
    const lines = text.value.split('\n').map((line) => line.trim()).filter(Boolean);
    const left = [];
    text.value = '';
    text.focus();
    const from = form.querySelector('input[name="paper-source"]:checked').value;
    const place = columnField.hidden ? {} : { column: column.value };
    await Promise.all(lines.map(async (line) => {
      if (await desk.act('note.add', { text: line, source: from, ...place })) done.unshift({ id: String(number += 1), line });
      else left.push(line);
    }));
    if (left.length) text.value = [...left, text.value].filter(Boolean).join('\n');
    done.length = Math.min(done.length, KEPT);
    reconcile(sent, done, { key: ({ id }) => id, create: () => el('li', { class: 'paper__line' }), update: (row, { line }) => setText(row, `✓ ${excerpt(line, 80)}`) });
  });

  return {
    element,
    render(state) {
      const columns = state.structure?.columns ?? [];
      element.hidden = !state.may('add') || state.phase.inputClosed && !state.isFacilitator || (state.isFacilitator && !state.phase.may.includes('add'));
      columnField.hidden = columns.length < 2;
      if ([...column.options].map(({ value }) => value).join() !== columns.map(({ id }) => id).join()) {
        column.replaceChildren(...groupsOf(columns).flatMap((group) => {
          const options = group.columns.map((each) => el('option', { value: each.id, text: placeName(state.structure, each) }));
          return group.name ? [el('optgroup', { label: group.name }, ...options)] : options;
        }));
      }
    },
  };
}
