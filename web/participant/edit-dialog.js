/** Changing a note's words: a native dialog, so that focus, Escape and the way back come with the browser. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { characterCount } from '../app/wire.js';

/**
 * Opens a dialog with one form in it.
 *
 * @param {string} title
 * @param {Node[]} content
 * @param {string} label of the button that does it
 * @param {() => boolean | void} done false keeps the dialog open
 */
export function openDialog(title, content, label, done) {
  const heading = el('h2', { id: 'dialog-title', text: title });
  const dialog = el('dialog', { 'aria-labelledby': 'dialog-title' });
  const form = el('form', {
    class: 'stack', novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      if (done() !== false) dialog.close();
    },
  }, heading, ...content, el('div', { class: 'dialog__actions' },
    el('button', { class: 'button button--primary', text: label }),
    el('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: () => dialog.close() })));
  dialog.append(form);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} text as it is @param {number} limit in characters @param {(text: string) => void} save */
export function editNote(text, limit, save) {
  const field = el('textarea', { class: 'input', rows: '5', 'aria-label': t('participant.editLabel') });
  field.value = text;
  openDialog(t('participant.editTitle'), [field], t('common.save'), () => {
    const changed = field.value.trim();
    if (!changed || characterCount(changed) > limit) {
      field.setAttribute('aria-invalid', 'true');
      return false;
    }
    if (changed !== text) save(changed);
    return true;
  });
  field.focus();
}
