import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createNoteCard, updateNoteCard } from '../components/note-card.js';
import { excerpt, openRedactDialog } from './board-actions.js';
import { openEraseNoteDialog } from './keeping.js';

/**
 * Notes that wait to be let onto the board, and notes that were taken off it. Nobody sees who wrote them.
 *
 * @returns {{ waiting: HTMLElement, gone: HTMLElement, render: (state: any) => void }}
 */
export function createHeld(desk) {
  const waitingTitle = el('h3', { class: 'held__title', id: 'held', tabindex: '-1' });
  const waitingList = el('ul', { class: 'held__list', role: 'list' });
  const all = el('button', {
    class: 'button button--small', type: 'button', text: t('console.held.all'),
    onclick: () => desk.state.held.forEach(({ id }) => desk.act('note.publish', { note: id })),
  });
  const waiting = el('section', { class: 'held', 'aria-labelledby': 'held' }, el('div', { class: 'held__head' }, waitingTitle, all), waitingList);
  const goneTitle = el('summary', { class: 'held__summary' });
  const goneList = el('ul', { class: 'held__list', role: 'list' });
  const gone = el('details', { class: 'held held--gone' }, goneTitle, goneList);

  const row = (...actions) => () => {
    const card = createNoteCard('div');
    const item = el('li', { class: 'slip slip--held', 'data-fixed': true });
    const buttons = actions.map(({ label, act, kind }) => el('button', {
      class: `button button--small ${kind ?? ''}`, type: 'button', text: t(label), onclick: () => act(item.item),
    }));
    item.append(card, el('div', { class: 'held__actions' }, ...buttons));
    item.parts = { card, buttons };
    return item;
  };
  const update = (element, item) => {
    element.item = item;
    const { card, buttons } = element.parts;
    const { text, paper, language, source, reason, publication } = item.entry;
    const badges = reason ? [{ id: 'reason', text: t(`console.reason.${reason}`), strong: true }] : [];
    updateNoteCard(card, { text, paper, language, source, badges, state: publication });
    for (const button of buttons) {
      setAttribute(button, 'aria-label', `${button.textContent}: ${excerpt(item.entry.text)}`);
      button.hidden = !desk.state.isFacilitator || desk.state.session.ended;
    }
  };
  const makeWaiting = row(
    { label: 'console.held.publish', kind: 'button--primary', act: ({ id }) => desk.act('note.publish', { note: id }) },
    { label: 'console.held.redact', act: (item) => openRedactDialog(desk, item) },
  );
  const makeGone = row(
    { label: 'console.restore', act: ({ id }) => desk.act('note.restore', { note: id }) },
    { label: 'console.erase.note', act: (item) => openEraseNoteDialog(desk, item) },
  );

  return {
    waiting,
    gone,
    render({ held, redacted, isFacilitator }) {
      waiting.hidden = held.length === 0;
      all.hidden = !isFacilitator || held.length < 2;
      setText(waitingTitle, t('console.held.title', { count: held.length }));
      reconcile(waitingList, held, { key: ({ id }) => id, create: makeWaiting, update });
      gone.hidden = redacted.length === 0;
      setText(goneTitle, t('console.held.gone', { count: redacted.length }));
      reconcile(goneList, redacted, { key: ({ id }) => id, create: makeGone, update });
    },
  };
}
