/** The sheets in which one edits a note, takes it back or gives it to the group. */
import { el } from '../app/dom.js';
import { refusalText, t } from '../app/i18n.js';
import { askText, openSheet } from './sheet.js';

/**
 * Asks for a note's new text; a refused one is asked again, so that nothing typed is lost.
 *
 * @param {any} context
 * @param {string} id
 * @param {string} value
 */
export function editNote(context, id, value) {
  askText({
    title: t('participant.editTitle'), label: t('participant.noteText'), value, rows: 5, button: t('common.save'), maxlength: context.client.limits.noteCharacters * 2,
    done: async (text) => {
      try {
        await context.client.send('note.edit', { note: id, text });
      } catch ({ code }) {
        context.toast.show(refusalText(code));
        if (code === 'empty' || code === 'too-long') editNote(context, id, text);
      }
    },
  });
}

/** @param {any} context @param {string} id @param {string} text */
export function withdrawNote(context, id, text) {
  ask(context, {
    title: t('participant.withdrawTitle'), about: [el('p', { class: 'quote', text }), el('p', { text: t('participant.withdrawText') })],
    button: t('participant.withdraw'), kind: 'danger', type: 'note.withdraw', note: id,
  });
}

/** @param {any} context @param {string} id */
export function shareNote(context, id) {
  ask(context, {
    title: t('participant.shareTitle'), about: [el('p', { text: t('participant.shareText') })],
    button: t('participant.share'), kind: 'primary', type: 'note.share', note: id,
  });
}

function ask(context, { title, about, button, kind, type, note }) {
  openSheet({
    title,
    body: (close) => [
      ...about,
      el('div', { class: 'dialog__actions' },
        el('button', { type: 'button', class: `button button--${kind}`, text: button, onclick: () => {
          close();
          context.act(type, { note });
        } }),
        el('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: close })),
    ],
  });
}
