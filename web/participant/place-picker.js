import { el } from '../app/dom.js';
import { placeAt, stepsAt, stepsOf } from '../app/map.js';
import { groupsOf, placeName } from '../app/structure.js';

let count = 0;

/**
 * Chooses a place on a board, by finger or keyboard alone: a few short ones are buttons, a matrix' are two numbers, all
 * others a list with its headings. Under it stands what belongs there. Native controls only.
 */
export class PlacePicker {
  element = el('div', { class: 'place-picker' });
  #label;
  #changed;
  #board = null;
  #known = '';
  #control = null;
  #number = (count += 1);
  #hint = el('p', { class: 'place-picker__hint soft', id: `place-hint-${count}` });

  /** @param {{ label: string, changed?: () => void }} how `label` names the list, and the group of buttons or numbers */
  constructor({ label, changed = () => {} }) {
    this.#label = label;
    this.#changed = changed;
  }

  /** @param {any} board a `board/b…` entry with places; the choice is kept where the place is still there */
  draw(board) {
    const known = JSON.stringify([board.structure, board.columns, board.axes]);
    if (known === this.#known) return;
    this.#known = known;
    const was = this.value;
    this.#board = board;
    const { columns } = board;
    const make = board.axes ? twoNumbers : columns.length <= 3 && columns.every(({ name, group }) => name.length <= 14 && !group) ? buttons : list;
    this.#control = make(board, { label: this.#label, number: this.#number, hint: this.#hint.id, change: () => this.#follow() });
    this.element.replaceChildren(...this.#control.elements, this.#hint);
    this.#control.set(columns.some(({ id }) => id === was) ? was : columns[0].id);
    this.#follow();
  }

  /** @returns {string | undefined} the id of the chosen place */
  get value() { return this.#control?.get(); }

  set value(id) {
    if (!this.#board?.columns.some((column) => column.id === id)) return;
    this.#control.set(id);
    this.#follow();
  }

  /** @returns {string | null | undefined} the paper that notes get there */
  get paper() { return this.#board?.columns.find(({ id }) => id === this.value)?.paper; }

  #follow() {
    const hint = this.#board.columns.find(({ id }) => id === this.value)?.hint ?? '';
    this.#hint.textContent = hint;
    this.#hint.hidden = !hint;
    this.#changed();
  }
}

function buttons({ columns }, { label, number, hint, change }) {
  const inputs = columns.map(({ id }) => el('input', { type: 'radio', name: `place-${number}`, value: id, 'aria-describedby': hint, onchange: change }));
  return {
    elements: [el('fieldset', { class: 'choices' }, el('legend', { class: 'visually-hidden', text: label }),
      ...inputs.map((input, index) => el('label', { class: 'choice' }, input, el('span', { text: columns[index].name }))))],
    get: () => inputs.find(({ checked }) => checked)?.value,
    set: (id) => inputs.forEach((input) => { input.checked = input.value === id; }),
  };
}

function list(board, { label, number, hint, change }) {
  const select = el('select', { class: 'input', id: `place-${number}`, 'aria-describedby': hint, onchange: change });
  for (const { name, columns } of groupsOf(board.columns)) {
    const options = columns.map((column) => el('option', { value: column.id, text: placeName(board, column) }));
    if (name) select.append(el('optgroup', { label: name }, ...options));
    else select.append(...options);
  }
  return {
    elements: [el('label', { class: 'composer__label', for: select.id, text: label }), select],
    get: () => select.value,
    set: (id) => { select.value = id; },
  };
}

/** A number on each axis, each with what its ends mean. */
function twoNumbers(board, { label, number, hint, change }) {
  const steps = stepsOf(board);
  const [x, y] = ['across', 'up'].map((direction) => {
    const { low, high } = board.axes[direction];
    const last = steps[direction];
    return el('select', { class: 'input numbers', id: `place-${number}-${direction}`, 'aria-describedby': hint, onchange: change },
      ...Array.from({ length: last }, (_, index) => {
        const end = index === 0 ? low : index === last - 1 ? high : '';
        return el('option', { value: index + 1, text: end ? `${index + 1} – ${end}` : index + 1 });
      }));
  });
  const field = (select, { name }) => el('div', {}, el('label', { class: 'composer__label', for: select.id, text: name }), select);
  return {
    elements: [el('fieldset', { class: 'place-picker__numbers' }, el('legend', { class: 'visually-hidden', text: label }), field(x, board.axes.across), field(y, board.axes.up))],
    get: () => placeAt(board, Number(x.value), Number(y.value)),
    set: (id) => {
      const at = stepsAt(board, id);
      if (at) [x.value, y.value] = [String(at.across), String(at.up)];
    },
  };
}
