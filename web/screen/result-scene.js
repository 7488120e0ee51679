import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { showResults } from '../components/results-chart.js';
import { targetName } from '../console/state.js';
import { resultRows } from '../console/vote-model.js';
import { createPager } from './pager.js';

/** Fewer than this on a page would waste the wall; more could not be read from the back row. */
const MOST = 7;

/** A round's result as large bars with numbers, the highest first. */
export function createResultScene() {
  const title = el('h2', { class: 'result__title' });
  const voters = el('p', { class: 'result__voters' });
  const table = el('table', { class: 'results results--wall' });
  const pager = createPager(() => draw());
  const element = el('div', { class: 'result' }, el('div', { class: 'result__head' }, title, voters), table, pager.element);
  let shown = null;

  function draw() {
    const { rows, vote, longest } = shown;
    const perPage = Math.ceil(rows.length / Math.ceil(rows.length / MOST));
    const from = pager.page * perPage;
    showResults(table, { caption: t(`results.caption.${vote.kind}`), vote, rows: rows.slice(from, from + perPage), scaleTo: longest });
    table.dataset.rows = String(perPage);
  }

  return {
    element,
    stop: () => pager.stop(),
    render(state, { entry }) {
      setText(title, entry.title);
      setText(voters, t('screen.result-voters', { count: entry.voters }));
      const rows = resultRows(entry).map((row) => ({ ...row, name: targetName(state, row.target) })).filter(({ name }) => name !== null);
      const longest = entry.vote.kind === 'scale' ? entry.vote.high : Math.max(1, ...rows.map(({ own, hands }) => own + hands));
      shown = { rows, vote: entry.vote, longest };
      pager.setCount(Math.max(1, Math.ceil(rows.length / MOST)));
      draw();
    },
  };
}
