import { el, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';
import { numberOn, scalesOf, valueOf } from '../app/rating.js';
import { openDialog } from './dialog.js';
import { choiceField, selectField, textField } from './fields.js';
import { targetName } from './state.js';
import { readVote, voteFields } from './vote-fields.js';
import { voteValues } from './vote-model.js';

/** Opens a round with the phase's set-up, which may be changed first. */
export function openRoundDialog(desk) {
  const { phase, clusters, board } = desk.state;
  const onBoard = clusters.some(({ entry }) => entry.board === board);
  const vote = phase.vote ?? { kind: 'dots', targets: onBoard ? 'clusters' : 'notes' };
  openDialog({
    title: t('console.round.start'), confirm: t('console.round.start'),
    body: [
      textField({ name: 'title', label: t('console.round.title'), hint: t('console.round.title-hint'), value: phase.name, maxlength: 120, autofocus: true }),
      voteFields(vote, desk.client.get(`board/${phase.board}`)).element,
    ],
    submit: (form) => desk.client.send('round.open', { title: form.elements.title.value.trim() || phase.name, vote: readVote(form) }),
  });
}

/** A second round on the same things, to be laid beside the first. @param {{ id: string, entry: any }} round */
export function openAgain(desk, { id, entry }) {
  const title = t('console.round.again-title', { title: entry.title }).slice(0, 80);
  return desk.act('round.open', { title, vote: { ...entry.vote, again: id } });
}

/** Everything a round's votes can be on, in the board's order. */
function targets({ clusters, notes }, round) {
  const items = round.vote.targets === 'clusters' ? clusters : notes;
  return items.filter(({ entry }) => entry.board === round.board);
}

/** A number on each of two scales. @param {(value: number) => void} change */
function twoNumbers(vote, change) {
  const first = voteValues(vote)[0];
  const fields = scalesOf(vote).map((scale) => {
    const options = Array.from({ length: scale.high }, (_, index) => ({ value: String(index + 1), label: formatNumber(index + 1) }));
    return selectField({ name: `hands-${scale.axis}`, label: scale.name, value: String(numberOn(scale, first)), groups: [{ label: '', options }] });
  });
  const element = el('div', { class: 'fields-row' }, ...fields);
  element.addEventListener('change', () => change(valueOf([...element.querySelectorAll('select')].map(({ value }) => Number(value)))));
  return element;
}

/**
 * Records a show of hands: choose the value, then a number for each target. Each number is stored as soon as it is entered.
 *
 * @param {{ id: string, entry: any }} round
 */
export function openHandsDialog(desk, round) {
  const { vote } = round.entry;
  const values = voteValues(vote);
  let value = values[0];
  const recorded = () => new Map((desk.state.rounds.find(({ id }) => id === round.id)?.entry.results ?? []).map(({ target, hands }) => [target, hands]));
  const inputs = [];
  const rows = targets(desk.state, round.entry).map(({ id }) => {
    const inputId = `hands-${id}`;
    const saved = el('span', { class: 'hands__saved', role: 'status' });
    const input = el('input', { class: 'input input--number numbers', id: inputId, type: 'number', inputmode: 'numeric', min: 0, max: 5000, step: 1 });
    input.addEventListener('change', async () => {
      const count = Math.round(Number(input.value));
      if (!Number.isFinite(count) || count < 0) return;
      if (await desk.act('hands.record', { round: round.id, target: id, value, count })) {
        setText(saved, t('console.hands.saved', { number: formatNumber(count) }));
      }
    });
    inputs.push({ input, id, saved });
    return el('li', { class: 'hands__row' }, el('label', { class: 'hands__name', for: inputId, text: targetName(desk.state, id) ?? '' }), saved, input);
  });
  const fill = () => {
    const known = recorded();
    for (const { input, id, saved } of inputs) {
      input.value = known.get(id)?.[value] ?? '';
      setText(saved, '');
    }
  };
  const words = { stance: (one) => t(`console.stance.${one}`), dots: (one) => t('console.dots', { count: one }), scale: (one) => formatNumber(one) };
  const chooser = vote.kind === 'matrix' ? twoNumbers(vote, (chosen) => { value = chosen; fill(); }) : values.length > 1 && choiceField({
    name: 'value', legend: t('console.hands.value'), value: String(value), options: values.map((one) => ({ value: String(one), label: words[vote.kind](one) })),
  });
  if (chooser && vote.kind !== 'matrix') chooser.addEventListener('change', ({ target }) => { value = Number(target.value); fill(); });
  openDialog({
    title: t('console.hands.title'), confirm: null, wide: true, submit: () => true,
    body: [el('p', { class: 'soft', text: t('console.hands.about') }), chooser,
      rows.length ? el('ul', { class: 'hands', role: 'list' }, ...rows) : el('p', { class: 'empty', text: t('console.hands.nothing') })],
  });
  fill();
}
