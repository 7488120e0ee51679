import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from './icons.js';

/**
 * A list of names that one adds to, names, moves and takes from, by the keyboard as well as by hand: Enter in a field goes on to the next, and
 * makes one after the last.
 *
 * @param {object} list
 * @param {string} list.legend
 * @param {string} [list.hint]
 * @param {string} list.item what one of them is called, such as «Kolonne»
 * @param {any[]} list.places changed in place; each `{ name, group? }`
 * @param {string} [list.group] the label of the heading that several may share; without it there is no field for one
 * @param {string} [list.groupUse] the words of the box that brings these fields forward
 * @param {() => void} [list.changed]
 */
export function createPlaceList({ legend, hint, item, places, group, groupUse, changed = () => {} }) {
  let grouped = places.some((place) => place.group);
  const use = el('input', { type: 'checkbox', onchange: () => {
    grouped = use.checked;
    if (!grouped) for (const place of places) place.group = '';
    draw();
  } });
  use.checked = grouped;
  const rows = el('ol', { class: 'places', role: 'list' });
  const add = el('button', { class: 'button button--small places__add', type: 'button', onclick: () => append() }, icon('plus'), t('editor.places.add', { item: item.toLowerCase() }));
  const element = el('fieldset', { class: 'field' }, el('legend', { class: 'field__label', text: legend }), hint && el('p', { class: 'field__hint', text: hint }), rows, add,
    group && el('label', { class: 'line' }, use, el('span', { class: 'line__words', text: groupUse })));

  function append(at = places.length) {
    places.splice(at, 0, { name: '', ...(grouped && places[at - 1]?.group && { group: places[at - 1].group }) });
    draw();
    field(at).focus();
  }

  const field = (index) => rows.children[index]?.querySelector('input');

  function move(index, by) {
    const to = index + by;
    if (to < 0 || to >= places.length) return;
    places.splice(to, 0, ...places.splice(index, 1));
    draw();
    const button = rows.children[to].querySelector(by < 0 ? '.places__up' : '.places__down');
    (button.disabled ? field(to) : button).focus();
  }

  function remove(index) {
    places.splice(index, 1);
    draw();
    (field(Math.min(index, places.length - 1)) ?? add).focus();
  }

  function draw() {
    rows.replaceChildren(...places.map((place, index) => {
      const number = index + 1;
      const name = () => { for (const each of buttons) each.setAttribute('aria-label', t(each.dataset.label, { name: place.name.trim() || t('editor.places.name', { item, number }) })); };
      const input = el('input', { class: 'input', type: 'text', maxlength: 80, autocomplete: 'off', 'aria-label': t('editor.places.name', { item, number }), oninput: () => { place.name = input.value; name(); changed(); } });
      input.value = place.name;
      input.addEventListener('keydown', (event) => {
        // Enter would send the whole form.
        if (event.key !== 'Enter') return;
        event.preventDefault();
        if (index + 1 < places.length) field(index + 1).focus();
        else append();
      });
      const shared = grouped && group && el('input', { class: 'input places__group', type: 'text', maxlength: 80, autocomplete: 'off', placeholder: group, 'aria-label': t('editor.places.group', { group, item, number }), oninput: () => { place.group = shared.value; changed(); } });
      if (shared) {
        shared.value = place.group ?? '';
        shared.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
      }
      const button = (name, glyph, key, act, disabled) => el('button', { class: `button button--quiet button--icon ${name}`, type: 'button', dataset: { label: key }, disabled, onclick: act }, icon(glyph));
      const buttons = [button('places__up', 'up', 'editor.places.up', () => move(index, -1), index === 0),
        button('places__down', 'down', 'editor.places.down', () => move(index, 1), number === places.length),
        button('places__remove', 'cross', 'editor.places.remove', () => remove(index), false)];
      name();
      return el('li', { class: 'places__row' }, el('span', { class: 'places__fields' }, input, shared), ...buttons);
    }));
    changed();
  }
  draw();
  return { element };
}
