import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { confirmDialog } from './dialog.js';
import { personName } from './person-name.js';

/** People that one command may name (protocol.md, M). */
const MOST = 1_000;

/** Who waits to be let in: one by one, or all. */
export function createQueue(desk) {
  const members = (people) => ({ participants: people.slice(0, MOST).map(({ id }) => id) });
  const act = (type, people) => desk.act(type, members(people));
  let waiting = [];
  const list = el('ul', { class: 'people', role: 'list' });
  const admitAll = el('button', { class: 'button button--primary button--small', type: 'button', onclick: () => act('participants.admit', waiting) });
  const turnAll = el('button', { class: 'button button--small', type: 'button', onclick: () => {
    // Those who are asked about, not those who come meanwhile.
    const people = waiting;
    confirmDialog({
      title: t('console.people.turn-away-title'), text: t('console.people.turn-away-text', { count: people.length }), confirm: t('console.people.turn-away'),
      act: () => desk.client.send('participants.turnAway', members(people)),
    });
  } });
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
