import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { confirmDialog, openDialog } from './dialog.js';
import { checkField, choiceField, numberField, textField, ticked, wholeNumber } from './fields.js';
import { FRESH, definitionOf, isWeaker } from './phase-definition.js';
import { groupFields, readGrouping } from './group-fields.js';
import { readVote, voteFields } from './vote-fields.js';

/** Participants' rights that a facilitator chooses in words; the rest of a definition is kept as it is. */
const RIGHTS = ['add', 'editOwn', 'editAny', 'move', 'cluster', 'vote'];

/**
 * Adds or changes a phase, in plain words. The same form before people come and while it runs; what cannot be changed any more, or what a
 * change means for what is written, stands beside it.
 *
 * @param {any} desk
 * @param {{ id: string, entry: any } | null} item null for a new one
 * @param {{ after?: string | null, like?: any }} [new] where a new one goes (after the current), and a definition to begin with
 */
export function openPhaseDialog(desk, item, { after, like } = {}) {
  const { phases, phase: current, boards } = desk.state;
  const was = item ? item.entry : { ...FRESH, board: current.board, ...like };
  const written = item?.entry.notes ?? 0;
  // Those who are in the phase and may write have read the promise, and may have a note on its way (B3).
  const isRead = Boolean(item?.entry.current) && was.participants.includes('add') && desk.state.people > 0;
  const promise = was.anonymity === 'none' ? null : written > 0 ? t('editor.kept.anonymity', { count: written }) : isRead && t('editor.kept.anonymity-now');
  const groups = groupFields(was);
  const votes = voteFields(was.vote, desk.client.get(`board/${was.board}`));
  const extras = item ? [moveButton(desk, item, -1), moveButton(desk, item, 1), duplicateButton(desk, item), removeButton(desk, item)] : [];
  const stronger = el('p', { class: 'banner promise', role: 'status', hidden: true });
  const work = el('div', { class: 'stack phase-work' },
    checkField({ legend: t('console.phase.may'), options: RIGHTS.map((act) => ({ name: 'participants', value: act, label: t(`console.may.${act}`), checked: was.participants.includes(act) })) }),
    choiceField({ name: 'visibility', legend: t('console.phase.visibility'), value: was.visibility, list: true, hint: written > 0 && t('editor.kept.visibility', { count: written }),
      options: ['everyone', 'group', 'own'].map((value) => ({ value, label: t(`console.visibility.${value}`), hint: t(`console.visibility.${value}-hint`), disabled: written > 0 && value !== was.visibility })) }),
    choiceField({ name: 'anonymity', legend: t('console.phase.anonymity'), value: was.anonymity, list: true, hint: promise,
      options: ['all', 'peers', 'none'].map((value) => ({ value, label: t(`console.anonymity.${value}`), disabled: Boolean(promise) && isWeaker(value, was.anonymity) })) }),
    stronger,
    votes.element);

  const { dialog } = openDialog({
    title: item ? t('console.phase.edit') : t('console.phase.add'),
    confirm: t(item ? 'console.save' : 'console.phase.add'),
    wide: true,
    extras,
    body: [
      item?.entry.current && !desk.state.session.ended && el('p', { class: 'soft', text: t('editor.now') }),
      el('div', { class: 'fields-row fields-row--name' },
        textField({ name: 'name', label: t('console.phase.name'), value: was.name, maxlength: 80, required: true, autofocus: !item }),
        numberField({ name: 'minutes', label: t('console.phase.minutes'), value: was.minutes, min: 0, max: 1440 })),
      textField({ name: 'instruction', label: t('console.phase.instruction'), hint: t('console.phase.instruction-hint'), value: was.instruction, rows: 3, maxlength: 2000 }),
      textField({ name: 'hint', label: t('console.phase.hint'), hint: t('console.phase.hint-hint'), value: was.hint, rows: 2, maxlength: 2000 }),
      boards.length > 1 && choiceField({ name: 'board', legend: t('console.phase.board'), value: was.board, hint: written > 0 && t('editor.kept.board', { count: written }),
        options: boards.map(({ id, entry }) => ({ value: id, label: entry.name, disabled: written > 0 && id !== was.board })) }),
      checkField({ legend: t('editor.break.legend'), options: [{ name: 'break', label: t('editor.break.label'), checked: was.break === true }] }),
      work,
      choiceField({ name: 'rhythm', legend: t('console.phase.rhythm'), value: was.rhythm,
        options: ['individual', 'group', 'plenary'].map((value) => ({ value, label: t(`console.rhythm.${value}`) })) }),
      groups.element,
      el('details', { class: 'more' }, el('summary', { text: t('console.phase.more') }),
        el('div', { class: 'stack' },
          numberField({ name: 'notesEach', label: t('console.phase.notes-each'), hint: t('console.phase.notes-each-hint'), value: was.notesEach, min: 0, max: 200 }),
          checkField({ legend: t('console.phase.rules'), options: [
            { name: 'moderated', label: t('console.phase.moderated'), checked: was.moderated },
            { name: 'timerClosesInput', label: t('console.phase.timer-closes'), checked: was.timerClosesInput },
            { name: 'advances', label: t('console.phase.advances'), checked: was.advances ?? false },
          ] }),
          checkField({ legend: t('console.phase.helpers'), options: RIGHTS.map((act) => ({ name: 'helpers', value: act, label: t(`console.may.${act}`), checked: was.helpers.includes(act) })) }))),
    ],
    async submit(form) {
      const name = form.elements.name.value.trim();
      if (!name) {
        form.elements.name.setAttribute('aria-invalid', 'true');
        form.elements.name.focus();
        return false;
      }
      const definition = { ...definitionOf(was), ...read(form, was), name };
      await (item ? desk.client.send('phase.change', { phase: item.id, ...definition })
        : desk.client.send('phase.add', { after: after === undefined ? phases.find(({ entry }) => entry.current)?.id ?? null : after, ...definition }));
      desk.act.tell({ text: t(item ? 'console.phase.saved' : 'console.phase.added', { name }) });
      return true;
    },
  });

  // What goes together is shown together: a break has nothing to do, a vote is set up where voting is allowed.
  const show = () => {
    work.hidden = dialog.querySelector('input[name="break"]').checked;
    groups.settle(dialog.querySelector('form'));
    votes.element.hidden = !dialog.querySelector('input[name="participants"][value="vote"]').checked;
    const chosen = dialog.querySelector('input[name="anonymity"]:checked').value;
    stronger.hidden = written === 0 || !isWeaker(was.anonymity, chosen);
    stronger.textContent = stronger.hidden ? '' : t(`editor.stronger.${chosen}`, { count: written });
  };
  dialog.addEventListener('change', show);
  show();
}

/** What the form says; all else of a definition stays as it was. */
function read(form, was) {
  const value = (field) => form.elements[field].value;
  const isBreak = form.elements.break.checked;
  const participants = isBreak ? [] : ticked(form, 'participants');
  const helpers = ticked(form, 'helpers');
  return {
    instruction: value('instruction').trim(), hint: value('hint').trim(), minutes: wholeNumber(form, 'minutes'),
    board: form.elements.board?.value || was.board, rhythm: value('rhythm'), participants, helpers, anonymity: value('anonymity'),
    visibility: isBreak && value('visibility') === 'group' ? 'everyone' : value('visibility'), grouping: isBreak ? null : readGrouping(form), advances: form.elements.advances.checked,
    notesEach: wholeNumber(form, 'notesEach'), moderated: form.elements.moderated.checked, timerClosesInput: form.elements.timerClosesInput.checked,
    vote: !isBreak && (participants.includes('vote') || helpers.includes('vote') && was.vote) ? readVote(form) : null, break: isBreak,
  };
}

/** Puts a phase one place earlier or later. @returns {Promise<boolean>} */
export async function movePhase(desk, id, to) {
  const order = desk.state.phases.map((phase) => phase.id);
  if (to < 0 || to >= order.length || order.indexOf(id) === to) return false;
  const others = order.filter((other) => other !== id);
  return desk.act('phase.move', { phase: id, after: others[to - 1] ?? null }, { topic: 'phase-move', text: t('console.phase.moved', { position: to + 1, count: order.length }) });
}

/** Another phase like this one, after it, with nothing written in it. @returns {Promise<boolean>} */
export function duplicatePhase(desk, { id, entry }) {
  const name = t('editor.copy-of', { name: entry.name }).slice(0, 80);
  return desk.act('phase.add', { after: id, ...definitionOf(entry), name }, { topic: 'phase-copy', text: t('console.phase.added', { name }) });
}

/** Asks, and takes a phase out. @param {() => void} [done] */
export function removePhase(desk, item, done = () => {}) {
  confirmDialog({
    title: t('console.phase.remove', { name: item.entry.name }), text: t('console.phase.remove-text'), confirm: t('console.remove'),
    async act() {
      await desk.client.send('phase.remove', { phase: item.id });
      done();
    },
  });
}

function moveButton(desk, item, step) {
  return el('button', {
    class: 'button button--quiet button--small', type: 'button', text: t(step < 0 ? 'console.phase.earlier' : 'console.phase.later'),
    onclick: () => movePhase(desk, item.id, desk.state.phases.findIndex(({ id }) => id === item.id) + step),
  });
}

function duplicateButton(desk, item) {
  return el('button', { class: 'button button--quiet button--small', type: 'button', text: t('editor.duplicate'), async onclick({ target }) {
    if (await duplicatePhase(desk, item)) target.closest('dialog').close();
  } });
}

function removeButton(desk, item) {
  return el('button', {
    class: 'button button--quiet button--small button--danger', type: 'button', text: t('console.remove'),
    onclick: ({ target }) => removePhase(desk, item, () => target.closest('dialog').close()),
  });
}
