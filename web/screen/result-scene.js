import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { ratedRows } from '../app/rating.js';
import { isRating } from '../app/results.js';
import { createRated } from '../components/rating-result.js';
import { showResults } from '../components/results-chart.js';
import { targetName } from '../console/state.js';
import { resultRows } from '../console/vote-model.js';
import { createPager } from './pager.js';

/** Rows on a page and the type's size in vw, best first: what the last row needs must be on the wall. */
const FITS = [[8, 2], [7, 1.8], [7, 1.6], [6, 1.6], [5, 1.6], [4, 1.6], [3, 1.5], [2, 1.4]];

/** The same for rounds of numbers, whose rows are taller. */
const FITS_RATED = [[8, 1.5], [6, 1.4], [4, 1.4], [3, 1.3], [2, 1.2], [1, 1.1]];

/** A round's result as large bars with numbers, the highest first. */
export function createResultScene() {
  const title = el('h2', { class: 'result__title' });
  const voters = el('p', { class: 'result__voters' });
  const table = el('table', { class: 'results results--wall' });
  const rated = createRated();
  rated.element.classList.add('rated--wall');
  const view = el('div', { class: 'result__view' }, table, rated.element);
  const pager = createPager(() => draw());
  const element = el('div', { class: 'result' }, el('div', { class: 'result__head' }, title, voters), view, pager.element);
  let shown = null;

  function draw() {
    const { rows, round, vote, longest, perPage } = shown;
    const from = pager.page * perPage;
    if (isRating(vote)) return rated.draw({ round, rows, page: [from, from + perPage] });
    showResults(table, { caption: t(`results.caption.${vote.kind}`), vote, rows: rows.slice(from, from + perPage), scaleTo: longest });
    return undefined;
  }

  /** Takes the first size at which the longest page fits. */
  function fit() {
    const content = isRating(shown.vote) ? rated.element : table;
    for (const [most, size] of isRating(shown.vote) ? FITS_RATED : FITS) {
      const pages = Math.max(1, Math.ceil(shown.rows.length / most));
      shown.perPage = Math.max(1, Math.ceil(shown.rows.length / pages));
      content.style.setProperty('--results-size', `${size}vw`);
      pager.setCount(pages);
      const turned = pager.page;
      let tallest = 0;
      for (pager.page = 0; pager.page < pages; pager.page += 1) {
        draw();
        tallest = Math.max(tallest, content.offsetHeight);
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
      table.hidden = isRating(entry.vote);
      rated.element.hidden = !table.hidden;
      if (table.hidden) {
        const before = state.rounds.find(({ id }) => id === entry.vote.again)?.entry;
        const numbers = ratedRows(entry, before, (target) => {
          const name = targetName(state, target);
          return name === null ? null : { name };
        });
        shown = { rows: numbers, round: entry, vote: entry.vote, perPage: numbers.length };
        return fit();
      }
      const rows = resultRows(entry).map((row) => ({ ...row, name: targetName(state, row.target) })).filter(({ name }) => name !== null);
      const longest = entry.vote.kind === 'scale' ? entry.vote.high : Math.max(1, ...rows.map(({ own, hands }) => own + hands));
      shown = { rows, vote: entry.vote, longest, perPage: rows.length };
      return fit();
    },
  };
}
