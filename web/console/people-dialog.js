import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { choiceField } from './fields.js';
import { openDialog } from './dialog.js';
import { createQueue } from './door-queue.js';
import { openErasePersonDialog } from './keeping.js';
import { personName } from './person-name.js';

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
    setText(facts, [entry.role !== 'participant' && t(`console.links.${entry.role}`), t(`console.people.${entry.via}`), entry.heads && t('console.people.table', { count: entry.heads }), entry.raised && t('console.people.hand'), WAITS[entry.waits] && t(WAITS[entry.waits])].filter(Boolean).join(' · '));
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
