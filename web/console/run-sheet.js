import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { formatTime, t } from '../app/i18n.js';
import { openComposeDialog } from './compose-dialog.js';
import { openPhaseDialog } from './phase-dialog.js';
import { icon } from './icons.js';
import { createTimesView, timesNow } from './times-view.js';

/**
 * The run sheet: phases in order, with minutes, their sum and when it all ends. Pressing a phase moves everybody there; the
 * way back is offered at once.
 *
 * @param {HTMLElement} pane
 */
export function createRunSheet(pane, desk) {
  const heading = el('h2', { class: 'pane__title', id: 'run-title', tabindex: '-1', text: t('console.run.title') });
  const times = createTimesView(desk);
  const list = el('ol', { class: 'run__list', role: 'list' });
  const add = el('button', {
    class: 'button button--quiet run__add', type: 'button', onclick: () => openPhaseDialog(desk, null),
  }, icon('plus'), t('console.run.add'));
  const compose = el('button', {
    class: 'button button--quiet run__add', type: 'button', onclick: () => openComposeDialog(desk),
  }, icon('list'), t('editor.compose.title'));
  const tools = el('div', { class: 'run__tools' }, add, compose);
  pane.replaceChildren(heading, times.element, list, tools);

  const open = (item) => openPhase(desk, item);

  function create() {
    const name = el('span', { class: 'run__name' });
    const minutes = el('span', { class: 'run__minutes numbers' });
    const facts = el('span', { class: 'run__facts' });
    const number = el('span', { class: 'run__number numbers', 'aria-hidden': 'true' });
    const row = el('li', { class: 'run__item' });
    const go = el('button', { class: 'run__go', type: 'button', onclick: () => open(row.item) }, number,
      el('span', { class: 'run__words' }, name, facts), minutes);
    const edit = el('button', {
      class: 'button button--quiet button--icon run__edit', type: 'button', onclick: () => openPhaseDialog(desk, row.item),
    }, icon('pencil'));
    Object.assign(row, { parts: { name, minutes, facts, number, go, edit } });
    row.append(go, edit);
    return row;
  }

  function update(row, item) {
    row.item = item;
    const { entry } = item;
    const { name, minutes, facts, number, go, edit } = row.parts;
    setText(number, String(entry.position));
    setText(name, entry.name || t('console.run.unnamed'));
    setText(minutes, t('console.minutes-short', { count: entry.minutes }));
    const startsAt = item.startsAt && t('editor.times.from', { time: formatTime(item.startsAt) });
    setText(facts, [entry.break && t('editor.rule.break'), startsAt, ...phaseFacts(entry)].filter(Boolean).join(' · '));
    facts.hidden = facts.textContent === '';
    setAttribute(go, 'aria-current', entry.current && 'step');
    setAttribute(go, 'aria-disabled', (!desk.state.isFacilitator || desk.state.session.ended) && 'true');
    setAttribute(edit, 'aria-label', t('console.run.edit', { name: entry.name }));
    edit.hidden = !desk.state.isFacilitator;
    row.classList.toggle('run__item--current', entry.current);
    row.classList.toggle('run__item--past', entry.position < desk.state.phase.position);
  }

  return {
    render(state) {
      tools.hidden = !state.isFacilitator || state.session.ended;
      const { starts } = timesNow(desk);
      reconcile(list, state.phases.map((item) => ({ ...item, startsAt: starts.get(item.id) })), { key: ({ id }) => id, create, update });
      times.render();
    },
  };
}

/** Moves everybody, and offers the way back. */
export async function openPhase(desk, { id, entry }) {
  const { phases, isFacilitator, session } = desk.state;
  if (entry.current || !isFacilitator || session.ended) return;
  const from = phases.find((phase) => phase.entry.current);
  await desk.act('phase.open', { phase: id }, {
    topic: 'phase',
    text: t('console.run.moved', { name: entry.name }),
    action: from && { label: t('console.run.back', { name: from.entry.name }), act: () => desk.act('phase.open', { phase: from.id }) },
  });
}

/** @returns {string[]} what is worth knowing about a phase, in a few words */
function phaseFacts(entry) {
  return [
    entry.openedAt !== undefined && t('editor.times.opened', { time: formatTime(entry.openedAt) }),
    entry.notes > 0 && t('console.notes', { count: entry.notes }),
    entry.grouping && t(`console.groups.how-${entry.grouping.how}`),
    entry.advances && t('console.groups.by-itself'),
    entry.visibility !== 'everyone' && t(entry.revealed ? 'console.run.revealed' : 'console.run.private'),
    entry.inputClosed && t('console.run.input-closed'),
    entry.moderated && t('console.run.moderated'),
  ].filter(Boolean);
}
