import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { confirmDialog, openDialog } from './dialog.js';
import { checkField, choiceField, numberField, textField, ticked, wholeNumber } from './fields.js';
import { groupFields, readGrouping } from './group-fields.js';
import { readVote, voteFields } from './vote-fields.js';

/** Participants' rights that a facilitator chooses in words; the rest of a definition is kept as it is. */
const RIGHTS = ['add', 'editOwn', 'editAny', 'move', 'cluster', 'vote'];
const FRESH = {
  name: '', instruction: '', hint: '', minutes: 10, rhythm: 'plenary', participants: [], helpers: ['add', 'editAny', 'cluster', 'move', 'vote'],
  visibility: 'everyone', anonymity: 'all', notesEach: 0, moderated: false, timerClosesInput: false, vote: null, grouping: null, advances: false,
};

/**
 * Adds or changes a phase, in plain words.
 *
 * @param {any} desk
 * @param {{ id: string, entry: any } | null} item null for a new one, after the current
 */
export function openPhaseDialog(desk, item) {
  const { phases, phase: current, boards } = desk.state;
  const was = item?.entry ?? { ...FRESH, board: current.board };
  const groups = groupFields(was);
  const votes = voteFields(was.vote, desk.client.get(`board/${was.board}`)?.axes);
  const extras = item ? [moveButton(desk, item, -1), moveButton(desk, item, 1), removeButton(desk, item)] : [];

  const { dialog } = openDialog({
    title: item ? t('console.phase.edit') : t('console.phase.add'),
    confirm: t(item ? 'console.save' : 'console.phase.add'),
    wide: true,
    extras,
    body: [
      el('div', { class: 'fields-row fields-row--name' },
        textField({ name: 'name', label: t('console.phase.name'), value: was.name, maxlength: 80, required: true, autofocus: !item }),
        numberField({ name: 'minutes', label: t('console.phase.minutes'), value: was.minutes, min: 0, max: 600 })),
      textField({ name: 'instruction', label: t('console.phase.instruction'), hint: t('console.phase.instruction-hint'), value: was.instruction, rows: 3, maxlength: 500 }),
      textField({ name: 'hint', label: t('console.phase.hint'), hint: t('console.phase.hint-hint'), value: was.hint, rows: 2, maxlength: 1000 }),
      checkField({ legend: t('console.phase.may'), options: RIGHTS.map((act) => ({ name: 'participants', value: act, label: t(`console.may.${act}`), checked: was.participants.includes(act) })) }),
      choiceField({ name: 'rhythm', legend: t('console.phase.rhythm'), value: was.rhythm,
        options: ['individual', 'group', 'plenary'].map((value) => ({ value, label: t(`console.rhythm.${value}`) })) }),
      groups.element,
      choiceField({ name: 'visibility', legend: t('console.phase.visibility'), value: was.visibility, list: true,
        options: ['everyone', 'group', 'own'].map((value) => ({ value, label: t(`console.visibility.${value}`), hint: t(`console.visibility.${value}-hint`) })) }),
      choiceField({ name: 'anonymity', legend: t('console.phase.anonymity'), value: was.anonymity, list: true,
        options: ['all', 'peers', 'none'].map((value) => ({ value, label: t(`console.anonymity.${value}`) })) }),
      votes.element,
      el('details', { class: 'more' }, el('summary', { text: t('console.phase.more') }),
        el('div', { class: 'stack' },
          numberField({ name: 'notesEach', label: t('console.phase.notes-each'), hint: t('console.phase.notes-each-hint'), value: was.notesEach, min: 0, max: 500 }),
          checkField({ legend: t('console.phase.rules'), options: [
            { name: 'moderated', label: t('console.phase.moderated'), checked: was.moderated },
            { name: 'timerClosesInput', label: t('console.phase.timer-closes'), checked: was.timerClosesInput },
            { name: 'advances', label: t('console.phase.advances'), checked: was.advances ?? false },
          ] }),
          checkField({ legend: t('console.phase.helpers'), options: RIGHTS.map((act) => ({ name: 'helpers', value: act, label: t(`console.may.${act}`), checked: was.helpers.includes(act) })) }),
          boards.length > 1 && choiceField({ name: 'board', legend: t('console.phase.board'), value: was.board,
            options: boards.map(({ id, entry }) => ({ value: id, label: entry.name })) }))),
    ],
    async submit(form) {
      const name = form.elements.name.value.trim();
      if (!name) {
        form.elements.name.setAttribute('aria-invalid', 'true');
        form.elements.name.focus();
        return false;
      }
      const value = (field) => form.elements[field].value;
      const definition = {
        name, instruction: value('instruction').trim(), hint: value('hint').trim(), minutes: wholeNumber(form, 'minutes'),
        board: form.elements.board?.value || was.board, rhythm: value('rhythm'), participants: ticked(form, 'participants'),
        helpers: ticked(form, 'helpers'), visibility: value('visibility'), anonymity: value('anonymity'),
        notesEach: wholeNumber(form, 'notesEach'), moderated: form.elements.moderated.checked,
        timerClosesInput: form.elements.timerClosesInput.checked,
        grouping: readGrouping(form), advances: form.elements.advances.checked,
        vote: ticked(form, 'participants').includes('vote') || ticked(form, 'helpers').includes('vote') ? readVote(form) : null,
      };
      const after = phases.find(({ entry }) => entry.current)?.id ?? null;
      await (item ? desk.client.send('phase.change', { phase: item.id, ...definition })
        : desk.client.send('phase.add', { after, ...definition }));
      desk.act.tell({ text: t(item ? 'console.phase.saved' : 'console.phase.added', { name }) });
      return true;
    },
  });

  // The vote's set-up is asked for only where voting is allowed.
  const showVote = () => { groups.settle(dialog.querySelector('form')); votes.element.hidden = !dialog.querySelector('input[name="participants"][value="vote"]').checked; };
  dialog.addEventListener('change', showVote);
  showVote();
}

function moveButton(desk, item, step) {
  const button = el('button', {
    class: 'button button--quiet button--small', type: 'button', text: t(step < 0 ? 'console.phase.earlier' : 'console.phase.later'),
    async onclick() {
      const order = desk.state.phases.map(({ id }) => id);
      const to = order.indexOf(item.id) + step;
      if (to < 0 || to >= order.length) return;
      const others = order.filter((id) => id !== item.id);
      if (await desk.act('phase.move', { phase: item.id, after: others[to - 1] ?? null })) {
        desk.act.tell({ text: t('console.phase.moved', { position: to + 1, count: order.length }) });
      }
    },
  });
  return button;
}

function removeButton(desk, item) {
  return el('button', {
    class: 'button button--quiet button--small button--danger', type: 'button', text: t('console.remove'),
    onclick: ({ target }) => confirmDialog({
      title: t('console.phase.remove', { name: item.entry.name }), text: t('console.phase.remove-text'), confirm: t('console.remove'),
      async act() {
        await desk.client.send('phase.remove', { phase: item.id });
        target.closest('dialog').close();
      },
    }),
  });
}
