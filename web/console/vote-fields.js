import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { stepsOf } from '../app/map.js';
import { choiceField, numberField, textField, wholeNumber } from './fields.js';

const USUAL = { kind: 'dots', budget: 3, cap: 2, targets: 'clusters', low: 1, high: 5 };
const DIRECTIONS = ['across', 'up'];

/**
 * The set-up of a vote: what kind, on what, and its numbers.
 *
 * @param {any} vote a vote (protocol.md, Commands), or null for the usual
 * @param {any} [board] the board voted on: on a matrix a scale may be for one of its axes, and both are what a rating of two
 *   numbers begins with
 */
export function voteFields(vote, board) {
  const axes = board?.axes;
  const was = { ...USUAL, ...vote };
  const dots = el('div', { class: 'fields-row' },
    numberField({ name: 'budget', label: t('console.vote.budget'), value: was.budget, min: 1, max: 99 }),
    numberField({ name: 'cap', label: t('console.vote.cap'), value: was.cap, min: 1, max: 99 }));
  const scale = el('div', { class: 'fields-row' },
    numberField({ name: 'low', label: t('console.vote.low'), value: was.low, min: 0, max: 10 }),
    numberField({ name: 'high', label: t('console.vote.high'), value: was.high, min: 1, max: 10 }));
  const axis = axes && choiceField({ name: 'axis', legend: t('console.vote.axis'), value: was.axis ?? '',
    options: [{ value: 'across', label: axes.across.name }, { value: 'up', label: axes.up.name }, { value: '', label: t('console.vote.axis-none') }] });
  const steps = axes ? stepsOf(board) : { across: 5, up: 5 };
  const matrix = el('div', { class: 'stack' }, ...DIRECTIONS.map((direction) => {
    const { name, low, high, steps: highest } = was[direction] ?? { name: '', low: '', high: '', ...axes?.[direction], steps: steps[direction] };
    return el('fieldset', { class: 'field vote-fields__axis' }, el('legend', { class: 'field__label', text: t(`console.vote.${direction}`) }),
      textField({ name: `${direction}-name`, label: t('console.vote.axis-name'), value: name, maxlength: 80 }),
      el('div', { class: 'fields-row' },
        textField({ name: `${direction}-low`, label: t('console.vote.axis-low'), value: low, maxlength: 80 }),
        textField({ name: `${direction}-high`, label: t('console.vote.axis-high'), value: high, maxlength: 80 }),
        numberField({ name: `${direction}-steps`, label: t('console.vote.axis-steps'), value: highest, min: 2, max: 8 })));
  }));
  const element = el('div', { class: 'stack vote-fields' },
    choiceField({ name: 'kind', legend: t('console.vote.kind'), value: was.kind, list: true,
      options: ['dots', 'stance', 'scale', 'matrix'].map((value) => ({ value, label: t(`console.vote.${value}`), hint: t(`console.vote.${value}-hint`) })) }),
    dots, scale, axis, matrix,
    choiceField({ name: 'targets', legend: t('console.vote.targets'), value: was.targets,
      options: ['clusters', 'notes'].map((value) => ({ value, label: t(`console.vote.${value}`) })) }));
  const show = () => {
    const kind = element.querySelector('input[name="kind"]:checked')?.value;
    dots.hidden = kind !== 'dots';
    scale.hidden = kind !== 'scale';
    if (axis) axis.hidden = kind !== 'scale';
    matrix.hidden = kind !== 'matrix';
  };
  element.addEventListener('change', show);
  show();
  return { element };
}

/** @param {HTMLFormElement} form @returns {any} the vote as the protocol wants it */
export function readVote(form) {
  const kind = form.elements.kind.value;
  const targets = form.elements.targets.value;
  if (kind === 'dots') {
    const budget = wholeNumber(form, 'budget', USUAL.budget);
    return { kind, budget, cap: Math.min(budget, wholeNumber(form, 'cap', USUAL.cap)), targets };
  }
  if (kind === 'scale') {
    const low = wholeNumber(form, 'low', USUAL.low);
    const axis = form.elements.axis?.value;
    return { kind, low, high: Math.max(low + 1, wholeNumber(form, 'high', USUAL.high)), targets, ...(axis && { axis }) };
  }
  if (kind === 'matrix') {
    const text = (name) => form.elements[name].value.trim();
    const rated = DIRECTIONS.map((direction, index) => [direction, {
      name: text(`${direction}-name`) || t('console.vote.axis-unnamed', { number: index + 1 }), low: text(`${direction}-low`), high: text(`${direction}-high`), steps: wholeNumber(form, `${direction}-steps`, 5),
    }]);
    return { kind, ...Object.fromEntries(rated), targets };
  }
  return { kind, targets };
}
