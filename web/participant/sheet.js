import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

let count = 0;

/**
 * Opens a sheet: a modal `dialog`, from below on a phone. The browser keeps the focus in it and gives it back (APG: Dialog).
 *
 * @param {{ title: string, body: (close: () => void) => (Node | null)[] }} content
 */
export function openSheet({ title, body }) {
  count += 1;
  const heading = el('h2', { id: `sheet-${count}`, text: title });
  const dialog = el('dialog', { class: 'sheet', 'aria-labelledby': heading.id });
  const opener = document.activeElement;
  const close = () => dialog.close();
  dialog.append(el('div', { class: 'sheet__head' }, heading,
    el('button', { type: 'button', class: 'button button--quiet button--icon', 'aria-label': t('common.close'), onclick: close }, icon('close'))),
  ...body(close).filter(Boolean));
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    else document.getElementById('main')?.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
}

/**
 * A list of things to do or to choose.
 *
 * @param {{ label: string, icon?: string, act: () => void, danger?: boolean, current?: boolean }[]} items
 * @param {() => void} close
 * @returns {HTMLElement}
 */
export function sheetList(items, close) {
  return el('ul', { class: 'sheet__list', role: 'list' }, ...items.map((item) => el('li', {}, el('button', {
    type: 'button', class: `button button--wide sheet__item${item.danger ? ' button--danger' : ''}`, 'aria-current': item.current ? 'true' : null,
    onclick: () => {
      close();
      item.act();
    },
  }, item.icon && icon(item.icon), el('span', { text: item.label })))));
}

/** A sheet with one text field. @param {{ title: string, label: string, value: string, button: string, maxlength: number, rows?: number, done: (text: string) => void }} how */
export function askText({ title, label, value, button, maxlength, rows, done }) {
  const input = el(rows ? 'textarea' : 'input', { class: 'input', id: 'sheet-text', maxlength, rows, autocomplete: 'off' });
  input.value = value;
  openSheet({
    title,
    body: (close) => [el('form', {
      class: 'stack', novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        close();
        done(input.value.trim());
      },
    }, el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'sheet-text', text: label }), input),
    el('button', { class: 'button button--primary button--large', text: button }))],
  });
  input.focus();
  input.setSelectionRange(value.length, value.length);
}
