/** A round's result as a table whose rows carry their own bars: the numbers are text, the bars only a second way to see them. */
import { el, reconcile, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';

/**
 * @typedef {import('../console/vote-model.js').Row & { name: string }} NamedRow
 *
 * @param {HTMLElement} table a `table.results`
 * @param {object} result
 * @param {string} result.caption
 * @param {any} result.vote
 * @param {NamedRow[]} result.rows highest first
 * @param {number} [result.scaleTo] the longest bar's number, where several tables share one scale
 */
export function showResults(table, { caption, vote, rows, scaleTo }) {
  if (!table.tHead) build(table);
  setText(table.caption, caption);
  const heads = table.tHead.rows[0].cells;
  setText(heads[0], t(`results.${vote.targets}`));
  setText(heads[1], t(`results.unit.${vote.kind}`));
  const longest = scaleTo ?? Math.max(1, ...rows.map((row) => length(vote, row)));
  reconcile(table.tBodies[0], rows, {
    key: ({ target }) => target,
    create: createRow,
    update(row, item) {
      const { name, bar, own, hands, number, parts } = row.parts;
      setText(name, item.name);
      const [ownPart, handsPart] = split(vote, item);
      own.style.setProperty('inline-size', `${(100 * ownPart) / longest}%`);
      hands.style.setProperty('inline-size', `${(100 * handsPart) / longest}%`);
      bar.classList.toggle('results__bar--against', vote.kind === 'stance');
      setText(number, vote.kind === 'scale' ? formatNumber(item.total, { maximumFractionDigits: 1, minimumFractionDigits: 1 }) : formatNumber(item.own + item.hands));
      setText(parts, detail(vote, item));
      parts.hidden = parts.textContent === '';
    },
  });
}

function build(table) {
  table.append(el('caption', { class: 'results__caption' }),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }), el('th', { scope: 'col' }))), el('tbody'));
}

function createRow() {
  const own = el('span', { class: 'results__own' });
  const hands = el('span', { class: 'results__hands' });
  const bar = el('span', { class: 'results__bar', 'aria-hidden': 'true' }, own, hands);
  const name = el('span', { class: 'results__name' });
  const number = el('span', { class: 'results__number numbers' });
  const parts = el('span', { class: 'results__parts' });
  const row = el('tr', { class: 'results__row' }, el('th', { class: 'results__what', scope: 'row' }, name, bar),
    el('td', { class: 'results__sum' }, number, parts));
  row.parts = { name, bar, own, hands, number, parts };
  return row;
}

const length = (vote, row) => (vote.kind === 'scale' ? vote.high : row.own + row.hands);

/** The bar's two parts: what came from devices, and what from hands in the air. */
function split(vote, { own, hands, total }) {
  if (vote.kind !== 'scale') return [own, hands];
  return [total, 0];
}

/** What the bar cannot say: how much came from hands, the votes against, how many answered. */
function detail(vote, { own, hands, values, tables = 0 }) {
  const of = (value) => values.find((one) => one.value === value) ?? { own: 0, hands: 0 };
  const sum = (one) => one.own + one.hands;
  const parts = [];
  if (vote.kind === 'stance') {
    if (sum(of(-1))) parts.push(t('results.against', { count: sum(of(-1)) }));
    if (sum(of(0))) parts.push(t('results.pass', { count: sum(of(0)) }));
  }
  if (vote.kind === 'scale') parts.push(t('results.answers', { count: own + hands }));
  const raised = vote.kind === 'dots' ? hands : values.reduce((all, one) => all + one.hands, 0);
  if (raised - tables > 0) parts.push(t('results.hands', { count: raised - tables }));
  if (tables > 0) parts.push(t('results.tables', { count: tables }));
  return parts.join(', ');
}
