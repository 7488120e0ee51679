import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { RefusalError } from '../app/workshop-client.js';
import { fits } from '../app/template-file.js';
import { STRUCTURES, definitionOfBoard, faultOf, freshPlan, placeCount, planOf } from './board-places.js';
import { confirmDialog, openDialog } from './dialog.js';
import { checkField, choiceField, numberField, textField, wholeNumber } from './fields.js';
import { FRESH } from './phase-definition.js';
import { createPlaceList } from './place-list.js';

/**
 * A new board of any structure, or another name and other places of one that is there. What is written keeps its place: the server sees to that.
 *
 * @param {any} desk
 * @param {{ id: string, entry: any } | null} item null for a new one
 */
export function openBoardDialog(desk, item) {
  let plan = item ? planOf(item.entry) : freshPlan('columns', t);
  const section = el('div', { class: 'stack board-form' });
  const draw = () => section.replaceChildren(...parts(plan));

  const { dialog, say } = openDialog({
    title: t(item ? 'editor.board.edit' : 'editor.board.new'), confirm: t(item ? 'console.save' : 'editor.board.make'), wide: true,
    extras: item ? [removeButton(desk, item)] : [],
    body: [
      textField({ name: 'name', label: t('editor.board.name'), value: item?.entry.name ?? '', maxlength: 80, required: true, autofocus: true }),
      choiceField({ name: 'structure', legend: t('editor.board.structure'), value: plan.structure, list: true,
        options: STRUCTURES.map((value) => ({ value, label: t(`editor.structure.${value}`), hint: t(`editor.structure.${value}-hint`) })) }),
      section,
      !item && checkField({ legend: t('editor.board.use'), options: [{ name: 'phase', label: t('editor.board.phase'), checked: true }] }),
    ],
    async submit(form) {
      const name = form.elements.name.value.trim();
      if (!name) {
        form.elements.name.setAttribute('aria-invalid', 'true');
        form.elements.name.focus();
        say(t('editor.fault.unnamed-board'));
        return false;
      }
      if (plan.structure === 'matrix') readAxes(form, plan);
      const fault = faultOf(plan);
      if (fault) {
        say(t(...fault));
        section.querySelector('input')?.focus();
        return false;
      }
      const definition = definitionOfBoard(plan, name);
      if (!fits(definition)) throw new RefusalError('too-long');
      if (item) await desk.client.send('board.change', { board: item.id, definition });
      else {
        const phase = { ...FRESH, name, board: 'k0', participants: ['add', 'editOwn'], instruction: '' };
        await desk.client.send('phases.insert', {
          after: desk.state.phases.at(-1)?.id ?? null, definition: { boards: [{ key: 'k0', ...definition }], phases: form.elements.phase.checked ? [phase] : [] },
        });
      }
      desk.act.tell({ text: t(item ? 'editor.board.saved' : 'editor.board.made', { name }) });
      return true;
    },
  });
  dialog.addEventListener('change', ({ target }) => {
    if (target.name !== 'structure') return;
    const old = plan;
    plan = item?.entry.structure === target.value ? planOf(item.entry) : freshPlan(target.value, t);
    // Names that were typed are worth keeping where the new structure has them too.
    if (['columns', 'fields', 'sequence', 'ring'].includes(old.structure) && ['columns', 'fields', 'sequence', 'ring'].includes(plan.structure)) {
      plan.places = old.places.map((place) => ({ ...place, group: plan.structure === 'sequence' ? '' : place.group }));
    }
    draw();
  });
  draw();
}

/** The fields that a structure needs. */
function parts(plan) {
  const { structure, places, rows, axes } = plan;
  const count = el('p', { class: 'field__hint' });
  const counted = () => { count.textContent = t('editor.places.count', { count: placeCount(plan) }); };
  const list = (key, items, group) => createPlaceList({ legend: t(`editor.${key}`), item: t(`editor.${key}.item`), hint: key === 'rings' && t('editor.rings.hint'), group: group && t(`editor.${key}.group`), groupUse: group && t(`editor.${key}.group-use`), places: items, changed: counted }).element;
  switch (structure) {
    case 'list': return [el('p', { class: 'soft', text: t('editor.places.none') })];
    case 'grid': return [list('rows', rows), list('columns', places), count];
    case 'matrix': return [axisFields('across', axes.across), axisFields('up', axes.up)];
    case 'sequence': return [list('steps', places)];
    case 'fields': return [list('card', places, true)];
    case 'ring': return [list('rings', places, true)];
    default: return [list('columns', places, true)];
  }
}

function axisFields(name, { name: text, low, high, steps }) {
  return el('fieldset', { class: 'field vote-fields' }, el('legend', { class: 'field__label', text: t(`editor.axis.${name}`) }),
    el('div', { class: 'fields-row fields-row--name' },
      textField({ name: `${name}-name`, label: t('editor.axis.name'), value: text, maxlength: 76 }),
      numberField({ name: `${name}-steps`, label: t('editor.axis.steps'), value: steps, min: 2, max: 8 })),
    el('div', { class: 'fields-row' },
      textField({ name: `${name}-low`, label: t('editor.axis.low'), value: low, maxlength: 80 }),
      textField({ name: `${name}-high`, label: t('editor.axis.high'), value: high, maxlength: 80 })));
}

function readAxes(form, plan) {
  for (const name of ['across', 'up']) {
    const text = (part) => form.elements[`${name}-${part}`].value.trim();
    plan.axes[name] = { name: text('name'), low: text('low'), high: text('high'), steps: wholeNumber(form, `${name}-steps`, 5) };
  }
}

function removeButton(desk, item) {
  return el('button', {
    class: 'button button--quiet button--small button--danger', type: 'button', text: t('console.remove'),
    onclick: ({ target }) => confirmDialog({
      title: t('editor.board.remove', { name: item.entry.name }), text: t('editor.board.remove-text'), confirm: t('console.remove'),
      async act() {
        await desk.client.send('board.remove', { board: item.id });
        target.closest('dialog').close();
      },
    }),
  });
}
