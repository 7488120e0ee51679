import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { choiceField } from './fields.js';
import { confirmDialog, openDialog } from './dialog.js';
import { openErasePersonDialog } from './keeping.js';

/** Who takes part: names they chose themselves, where they are, who has a hand up. */
export function openPeopleDialog(desk) {
  const count = el('p', { class: 'soft numbers' });
  const list = el('ul', { class: 'people', role: 'list' });
  const door = createQueue(desk);
  const { dialog } = openDialog({ title: t('console.people.title'), confirm: null, wide: true, submit: () => true, body: [door.element, count, list] });

  function create() {
    const row = el('li', { class: 'people__row' });
    const name = el('span', { class: 'people__name' });
    const facts = el('span', { class: 'people__facts soft' });
    const remove = el('button', { class: 'button button--quiet button--small', type: 'button', text: t('console.people.take-out'), onclick: () => openRemoveDialog(desk, row.item) });
    const erase = el('button', { class: 'button button--quiet button--small', type: 'button', text: t('console.erase.person'), onclick: () => openErasePersonDialog(desk, row.item, personName(row.item)) });
    row.append(el('span', { class: 'people__who' }, name, facts), el('span', { class: 'people__acts' }, remove, erase));
    row.parts = { name, facts, remove, erase };
    return row;
  }

  function update(row, item) {
    row.item = item;
    const { entry } = item;
    const { name, facts, remove, erase } = row.parts;
    const called = personName(item);
    setText(name, called);
    setText(facts, [entry.role !== 'participant' && t(`console.links.${entry.role}`), t(`console.people.${entry.via}`), entry.raised && t('console.people.hand'), WAITS[entry.waits] && t(WAITS[entry.waits])].filter(Boolean).join(' · '));
    remove.setAttribute('aria-label', t('console.people.remove', { name: called }));
    remove.hidden = !desk.state.isFacilitator || entry.role === 'facilitator' || desk.state.session.ended;
    erase.setAttribute('aria-label', t('console.erase.person-of', { name: called }));
    erase.hidden = !desk.state.isFacilitator || !['participant', 'helper'].includes(entry.role);
  }

  const render = () => {
    const { participants, totals } = desk.state;
    setText(count, t('console.people.count', { count: totals.room + totals.remote, room: totals.room, remote: totals.remote }));
    door.render(desk.state);
    const order = participants.filter(({ entry }) => entry.waits !== 'approval').sort((a, b) => Number(b.entry.raised) - Number(a.entry.raised));
    reconcile(list, order, { key: ({ id }) => id, create, update });
  };
  desk.client.addEventListener('change', render);
  dialog.addEventListener('close', () => desk.client.removeEventListener('change', render));
  render();
}

/** Those who take part in a way that needs a word. */
const WAITS = { place: 'console.people.no-place', away: 'console.people.away' };

/** Who waits to be let in: one by one, or all. */
function createQueue(desk) {
  const act = (type, people) => desk.act(type, { participants: people.slice(0, 1_000).map(({ id }) => id) });
  let waiting = [];
  const list = el('ul', { class: 'people', role: 'list' });
  const admitAll = el('button', { class: 'button button--primary button--small', type: 'button', onclick: () => act('participants.admit', waiting) });
  const turnAll = el('button', { class: 'button button--small', type: 'button', onclick: () => confirmDialog({
    title: t('console.people.turn-away-title'), text: t('console.people.turn-away-text', { count: waiting.length }), confirm: t('console.people.turn-away'),
    act: () => desk.client.send('participants.turnAway', { participants: waiting.slice(0, 1_000).map(({ id }) => id) }),
  }) });
  const element = el('section', { class: 'people__queue', 'aria-labelledby': 'queue-title' },
    el('h3', { class: 'now__part', id: 'queue-title', tabindex: '-1', text: t('console.people.waiting') }), el('div', { class: 'row' }, admitAll, turnAll), list);
  const create = () => {
    const row = el('li', { class: 'people__row' });
    const name = el('span', { class: 'people__name' });
    const admit = el('button', { class: 'button button--small', type: 'button', text: t('console.people.admit'), onclick: () => act('participants.admit', [row.item]) });
    const turn = el('button', { class: 'button button--quiet button--small', type: 'button', text: t('console.people.turn-away'), onclick: () => act('participants.turnAway', [row.item]) });
    row.append(el('span', { class: 'people__who' }, name), el('span', { class: 'people__acts' }, admit, turn));
    row.parts = { name, admit, turn };
    return row;
  };
  const update = (row, item) => {
    row.item = item;
    const called = personName(item);
    setText(row.parts.name, called);
    row.parts.admit.setAttribute('aria-label', t('console.people.admit-who', { name: called }));
    row.parts.turn.setAttribute('aria-label', t('console.people.turn-away-who', { name: called }));
  };
  return {
    element,
    render({ participants, isFacilitator }) {
      const hadFocus = list.contains(document.activeElement);
      waiting = participants.filter(({ entry }) => entry.waits === 'approval');
      element.hidden = !isFacilitator || waiting.length === 0;
      setText(admitAll, t('console.people.admit-all', { count: waiting.length }));
      setText(turnAll, t('console.people.turn-away-all', { count: waiting.length }));
      reconcile(list, waiting, { key: ({ id }) => id, create, update });
      // The row that was pressed goes; the next one, or the dialog, takes the focus.
      if (hadFocus && !list.contains(document.activeElement)) (list.querySelector('button') ?? element.closest('dialog').querySelector('h2')).focus();
    },
  };
}

const personName = ({ id, entry }) => entry.name || t('console.people.unnamed', { number: id.slice(1) });

function openRemoveDialog(desk, item) {
  const name = personName(item);
  openDialog({
    title: t('console.people.remove', { name }), confirm: t('console.people.take-out'), kind: 'danger',
    body: [
      el('p', { text: t('console.people.remove-text') }),
      choiceField({ name: 'notes', legend: t('console.people.notes'), value: 'keep', list: true,
        options: [{ value: 'keep', label: t('console.people.keep') }, { value: 'with', label: t('console.people.with') }] }),
    ],
    submit: (form) => desk.client.send('participant.remove', { participant: item.id, withNotes: form.elements.notes.value === 'with' }),
  });
}
