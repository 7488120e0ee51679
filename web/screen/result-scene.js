import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { showResults } from '../components/results-chart.js';
import { targetName } from '../console/state.js';
import { resultRows } from '../console/vote-model.js';
import { createPager } from './pager.js';

/** Rows on a page and the type's size in vw, best first: what the last row needs must be on the wall. */
const FITS = [[8, 2], [7, 1.8], [7, 1.6], [6, 1.6], [5, 1.6], [4, 1.6], [3, 1.5], [2, 1.4]];

/** A round's result as large bars with numbers, the highest first. */
export function createResultScene() {
  const title = el('h2', { class: 'result__title' });
  const voters = el('p', { class: 'result__voters' });
  const table = el('table', { class: 'results results--wall' });
  const view = el('div', { class: 'result__view' }, table);
  const pager = createPager(() => draw());
  const element = el('div', { class: 'result' }, el('div', { class: 'result__head' }, title, voters), view, pager.element);
  let shown = null;

  function draw() {
    const { rows, vote, longest, perPage } = shown;
    const from = pager.page * perPage;
    showResults(table, { caption: t(`results.caption.${vote.kind}`), vote, rows: rows.slice(from, from + perPage), scaleTo: longest });
  }

  /** Takes the first size at which the longest page fits. */
  function fit() {
    for (const [most, size] of FITS) {
      const pages = Math.max(1, Math.ceil(shown.rows.length / most));
      shown.perPage = Math.max(1, Math.ceil(shown.rows.length / pages));
      table.style.setProperty('--results-size', `${size}vw`);
      pager.setCount(pages);
      const turned = pager.page;
      let tallest = 0;
      for (pager.page = 0; pager.page < pages; pager.page += 1) {
        draw();
        tallest = Math.max(tallest, table.offsetHeight);
      }
      pager.page = turned;
      if (tallest <= view.clientHeight) break;
    }
    draw();
  }

  return {
    element,
    stop: () => pager.stop(),
    render(state, { entry }) {
      setText(title, entry.title);
      title.hidden = !state.session.ended || !entry.title;
      setText(voters, t('screen.result-voters', { count: entry.voters }));
      const rows = resultRows(entry).map((row) => ({ ...row, name: targetName(state, row.target) })).filter(({ name }) => name !== null);
      const longest = entry.vote.kind === 'scale' ? entry.vote.high : Math.max(1, ...rows.map(({ own, hands }) => own + hands));
      shown = { rows, vote: entry.vote, longest, perPage: rows.length };
      fit();
    },
  };
}
