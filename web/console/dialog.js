import { el } from '../app/dom.js';
import { refusalText, t } from '../app/i18n.js';

let count = 0;

/**
 * Asks in a native modal dialog: Escape and «Avbryt» leave everything as it was, focus goes back to where it came from.
 *
 * @param {object} question
 * @param {string} question.title
 * @param {(Node | string | null | false)[]} question.body
 * @param {string} question.confirm the verb on the button
 * @param {'danger'} [question.kind]
 * @param {boolean} [question.wide]
 * @param {HTMLElement[]} [question.extras] further buttons, at the other end
 * @param {(form: HTMLFormElement) => Promise<unknown> | unknown} question.submit throws a RefusalError to be said here; a
 *   return of `false` keeps the dialog open
 * @returns {{ dialog: HTMLDialogElement, close: () => void, say: (text: string) => void }}
 */
export function openDialog({ title, body, confirm, kind, wide, extras = [], submit }) {
  count += 1;
  const id = `dialog-${count}`;
  const problem = el('p', { class: 'banner banner--signal dialog__problem', role: 'alert', hidden: true });
  const button = confirm && el('button', { class: `button button--${kind === 'danger' ? 'primary dialog__danger' : 'primary'}`, type: 'submit', text: confirm });
  const cancel = el('button', { class: 'button', type: 'button', text: t(confirm ? 'console.cancel' : 'console.close'), onclick: () => dialog.close() });
  const form = el('form', { class: 'dialog__form', method: 'dialog', novalidate: true },
    el('h2', { class: 'dialog__title', id, text: title, tabindex: '-1' }),
    el('div', { class: 'dialog__body' }, ...body),
    problem,
    el('div', { class: 'dialog__actions' }, button, cancel, extras.length > 0 && el('span', { class: 'dialog__extras' }, ...extras)));
  const dialog = /** @type {HTMLDialogElement} */ (el('dialog', { class: wide ? 'dialog dialog--wide' : 'dialog', 'aria-labelledby': id }, form));
  const say = (text) => {
    problem.textContent = text;
    problem.classList.add('banner--signal');
    problem.hidden = text === '';
  };
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    say('');
    button.disabled = true;
    try {
      if (await submit(form) !== false) dialog.close();
    } catch (refusal) {
      say(refusalText(refusal.code));
    }
    button.disabled = false;
  });
  // What was wrong is being mended.
  form.addEventListener('input', () => say(''));
  dialog.addEventListener('close', () => {
    dialog.remove();
    // What had the focus before may be gone by now; whoever owns it may put the focus where it went.
    document.dispatchEvent(new Event('console:closed'));
  });
  // A press on the backdrop lands on the dialog itself.
  dialog.addEventListener('pointerdown', (event) => {
    if (event.target === dialog && !form.contains(event.target) && isOutside(dialog, event)) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  const first = form.querySelector('[autofocus]') ?? form.querySelector('.dialog__body :is(input, select, textarea)');
  (first ?? button ?? cancel).focus();
  if (first instanceof HTMLInputElement && first.type === 'text') first.select();
  return { dialog, close: () => dialog.close(), say };
}

function isOutside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/** Asks before what cannot be undone. @returns {void} */
export function confirmDialog({ title, text, confirm, act }) {
  openDialog({ title, body: [el('p', { text })], confirm, kind: 'danger', submit: act });
}
