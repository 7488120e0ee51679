/** Labelled form fields, each one a native control with a name. */
import { el } from '../app/dom.js';

let count = 0;
const nextId = () => `field-${(count += 1)}`;

/** @param {{ name: string, label: string, hint?: string, value?: string, rows?: number, maxlength?: number, required?: boolean }} field */
export function textField({ name, label, hint, value = '', rows = 0, maxlength, required, autofocus, placeholder }) {
  const id = nextId();
  const control = el(rows ? 'textarea' : 'input', {
    class: 'input', id, name, maxlength, required, rows: rows || null, type: rows ? null : 'text', autofocus, placeholder,
    autocomplete: 'off', 'aria-describedby': hint && `${id}-hint`,
  });
  control.value = value;
  return wrap(id, label, hint, control);
}

/** @param {{ name: string, label: string, hint?: string, value: number, min: number, max: number }} field */
export function numberField({ name, label, hint, value, min, max, autofocus }) {
  const id = nextId();
  const control = el('input', {
    class: 'input input--number numbers', id, name, type: 'number', inputmode: 'numeric', min, max, step: 1, autofocus,
    'aria-describedby': hint && `${id}-hint`,
  });
  control.value = String(value);
  return wrap(id, label, hint, control);
}

function wrap(id, label, hint, control) {
  return el('div', { class: 'field' }, el('label', { class: 'field__label', for: id, text: label }),
    hint && el('p', { class: 'field__hint', id: `${id}-hint`, text: hint }), control);
}

/**
 * One of a few, as radio buttons.
 *
 * @param {{ name: string, legend: string, hint?: string, value: string, options: { value: string, label: string, hint?: string, disabled?: boolean }[],
 *   list?: boolean }} field `list` puts each choice on a line of its own
 */
export function choiceField({ name, legend, hint, value, options, list }) {
  const choices = options.map((option) => {
    const input = el('input', { type: 'radio', name, value: option.value, disabled: option.disabled });
    input.checked = option.value === value;
    return list
      ? el('label', { class: 'line' }, input, el('span', { class: 'line__words' }, option.label, option.hint && el('small', { class: 'soft', text: option.hint })))
      : el('label', { class: 'choice' }, input, el('span', { text: option.label }));
  });
  return el('fieldset', { class: 'field' }, el('legend', { class: 'field__label', text: legend }),
    hint && el('p', { class: 'field__hint', text: hint }), el('div', { class: list ? 'lines' : 'choices' }, ...choices));
}

/**
 * One of many, as a list with headings.
 *
 * @param {{ name: string, label: string, value?: string, groups: { label: string, options: { value: string, label: string }[] }[] }} field
 */
export function selectField({ name, label, value, groups }) {
  const id = nextId();
  const control = el('select', { class: 'input', id, name });
  for (const group of groups) {
    const options = group.options.map((option) => el('option', { value: option.value, text: option.label }));
    if (group.label) control.append(el('optgroup', { label: group.label }, ...options));
    else control.append(...options);
  }
  if (value) control.value = value;
  return wrap(id, label, null, control);
}

/** Any number of several. @param {{ legend: string, options: { name: string, label: string, checked: boolean, value?: string }[] }} field */
export function checkField({ legend, hint, options }) {
  return el('fieldset', { class: 'field' }, el('legend', { class: 'field__label', text: legend }),
    hint && el('p', { class: 'field__hint', text: hint }),
    el('div', { class: 'lines' }, ...options.map(({ name, label, checked, value }) => {
      const input = el('input', { type: 'checkbox', name, value: value ?? 'on' });
      input.checked = checked;
      return el('label', { class: 'line' }, input, el('span', { class: 'line__words', text: label }));
    })));
}

/** @param {HTMLFormElement} form @param {string} name @param {number} fallback @returns {number} a whole number within the field's bounds */
export function wholeNumber(form, name, fallback = 0) {
  const field = form.elements.namedItem(name);
  const number = Math.round(Number(field.value));
  if (field.value === '' || !Number.isFinite(number)) return fallback;
  return Math.min(Number(field.max), Math.max(Number(field.min), number));
}

/** @param {HTMLFormElement} form @param {string} name @returns {string[]} the values ticked */
export const ticked = (form, name) => [...form.querySelectorAll(`input[name="${name}"]:checked`)].map(({ value }) => value);
