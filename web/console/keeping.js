/** How long the workshop is kept, and how it is erased for good (protocol.md, P3, P5 and P6). */
import { formatDate } from '../app/dates.js';
import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { eraseWorkshop } from '../app/personal.js';
import { openDialog } from './dialog.js';
import { numberField, textField } from './fields.js';
import { openResultsDialog } from './results-dialog.js';

const DAY = 86_400_000;
/** From so many days before its date, the console offers the results. */
const NOTICE_DAYS = 14;

/** @param {{ days: number, eraseAt?: number }} retention @returns {string} */
export const keptText = ({ days, eraseAt }) => (eraseAt ? t('console.keeping.until', { date: formatDate(eraseAt) }) : t('console.keeping.days', { count: days }));

/** A word on the *now* panel when the date comes near: what happens, and the results to take care of before that. */
export function createFarewell(desk) {
  const words = el('p');
  // Once it has ended, the next best action is the download.
  const download = el('button', { class: 'button button--small', type: 'button', text: t('console.next.download'), onclick: () => openResultsDialog(desk) });
  const element = el('div', { class: 'banner farewell', hidden: true }, words, el('div', { class: 'row' }, download,
    el('button', { class: 'button button--small', type: 'button', text: t('console.keeping.change'), onclick: () => openKeepingDialog(desk) })));
  return {
    element,
    render({ retention, isFacilitator, session }) {
      const left = retention?.eraseAt ? retention.eraseAt - desk.client.now() : Infinity;
      download.hidden = session.ended;
      element.hidden = !isFacilitator || left > NOTICE_DAYS * DAY;
      if (!element.hidden) setText(words, t('console.keeping.soon', { date: formatDate(retention.eraseAt) }));
    },
  };
}

/** How long it is kept, and the way to have it gone at once. */
export function openKeepingDialog(desk) {
  const { retention } = desk.state;
  const dialog = openDialog({
    title: t('console.keeping.title'), confirm: t('console.save'),
    body: [
      el('p', { text: t('console.keeping.about') }),
      numberField({ name: 'days', label: t('console.keeping.label'), hint: keptText(retention), value: retention.days, min: 1, max: 3650, autofocus: true }),
    ],
    extras: [el('button', { class: 'button button--danger', type: 'button', text: t('console.keeping.erase'), onclick: () => openEraseWorkshopDialog(desk) })],
    async submit(form) {
      try {
        await desk.client.send('retention.set', { days: Math.round(Number(form.elements.days.value)) || 0 });
      } catch (refusal) {
        if (refusal.code !== 'invalid-value') throw refusal;
        dialog.say(t('console.keeping.invalid'));
        return false;
      }
      return true;
    },
  });
}

/** The title is typed, so that nobody does this by a slip of the hand. */
function openEraseWorkshopDialog(desk) {
  const { title } = desk.state.session;
  const same = (text) => text.normalize('NFC').trim().toLowerCase();
  const dialog = openDialog({
    title: t('console.keeping.erase-title'), confirm: t('console.keeping.erase-confirm'), kind: 'danger', wide: true,
    body: [
      el('p', { text: t('console.keeping.erase-text') }),
      el('p', {}, el('strong', { text: t('console.keeping.final') })),
      textField({ name: 'title', label: t('console.keeping.type', { title }), maxlength: 200, autofocus: true }),
    ],
    extras: [el('button', { class: 'button', type: 'button', text: t('console.next.download'), onclick: () => openResultsDialog(desk) })],
    async submit(form) {
      if (same(form.elements.title.value) !== same(title)) {
        dialog.say(t('console.keeping.type-other'));
        return false;
      }
      try {
        await eraseWorkshop(desk.client);
      } catch {
        dialog.say(t('console.keeping.failed'));
        return false;
      }
      for (const open of document.querySelectorAll('dialog[open]')) open.close();
      return true;
    },
  });
}

/** One note, with its text, out of everything. */
export function openEraseNoteDialog(desk, { id, entry }) {
  const dialog = openDialog({
    title: t('console.erase.note-title'), confirm: t('console.erase.confirm'), kind: 'danger',
    body: [
      el('blockquote', { class: 'dialog__quote', text: entry.text }),
      el('p', { text: t('console.erase.note-text') }),
      el('p', {}, el('strong', { text: t('console.keeping.final') })),
    ],
    async submit() {
      await desk.client.send('note.erase', { note: id });
      dialog.close();
      desk.act.tell({ text: t('console.erase.note-done') });
    },
  });
}

/** Somebody and everything of theirs. @param {string} name what they are called in the list */
export function openErasePersonDialog(desk, { id }, name) {
  openDialog({
    title: t('console.erase.person-title', { name }), confirm: t('console.erase.confirm'), kind: 'danger',
    body: [el('p', { text: t('console.erase.person-text') }), el('p', {}, el('strong', { text: t('console.keeping.final') }))],
    submit: () => desk.client.send('participant.erase', { participant: id }),
  });
}
