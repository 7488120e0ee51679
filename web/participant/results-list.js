import { el, reconcile, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';
import { barScale, resultLines } from '../app/results.js';

/**
 * Draws a round's results: each line a name, a bar, and the number as words, so that nothing is said by the bar alone.
 *
 * @param {HTMLElement} list an `ol` whose children this function owns
 * @param {any} round a revealed `round/r…` entry
 * @param {(target: string) => { name: string, language?: string } | null} describe what a target is called; null leaves the line out
 */
export function renderResults(list, round, describe) {
  list.classList.add('results');
  const lines = resultLines(round).filter(({ target }) => describe(target));
  const bar = barScale(round, lines);
  reconcile(list, lines, {
    key: ({ target }) => target,
    create: () => el('li', { class: 'results__line' }, el('p', { class: 'results__name' }),
      el('div', { class: 'results__bar', 'aria-hidden': 'true' }), el('p', { class: 'results__words' }), el('p', { class: 'results__hands soft' })),
    update: (element, line) => {
      const [name, track, words, hands] = element.children;
      const { name: text, language = '' } = describe(line.target);
      setText(name, text);
      name.lang = language;
      reconcile(track, bar(line), {
        key: ({ id }) => id,
        create: ({ id }) => el('span', { class: 'results__part', dataset: { part: id } }),
        update: (part, { share }) => part.style.setProperty('inline-size', `${Math.max(0, Math.min(1, share)) * 100}%`),
      });
      setText(words, describeSums(round.vote, line.votes));
      setText(hands, ['hands', 'tables'].filter((of) => line[of].voters).map((of) => t(`common.results.${of}`, { text: describeSums(round.vote, line[of]) })).join(' · '));
      hands.hidden = hands.textContent === '';
    },
  });
}

/**
 * @param {any} vote the round's `vote`
 * @param {import('../app/results.js').Sums} sums
 * @returns {string} what they come to, in words
 */
export function describeSums(vote, { total, voters, mean, counts }) {
  if (vote.kind === 'dots') return t('common.results.dots', { count: total });
  if (vote.kind === 'scale') {
    return mean === null ? t('common.results.none')
      : t('common.results.mean', { mean: formatNumber(mean, { maximumFractionDigits: 1 }), high: vote.high, count: voters });
  }
  return t('common.results.stances', { agree: counts[1] ?? 0, disagree: counts[-1] ?? 0, pass: counts[0] ?? 0 });
}
