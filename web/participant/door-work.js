/** What one sees while the door asks for work, since somebody guesses codes (protocol.md, H7). Seldom needed, so loaded late. */
import { el } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { solve } from '../app/proof.js';

/**
 * Works, and shows how far it has come.
 *
 * @param {{ challenge: string, solutions: number, bits: number }} challenge as the look-up's answer holds it
 * @param {(section: () => Node) => void} show draws the page with this in the middle, also again in another language
 * @returns {Promise<string>} the proof
 */
export async function work(challenge, show) {
  await moreTexts('door');
  let share = 0;
  let bar;
  show(() => {
    bar = el('progress', { class: 'door-work', 'aria-label': t('door.work.share') });
    bar.value = share;
    return el('section', { class: 'stack welcome__form' }, el('h1', { text: t('door.work.title') }), el('p', { role: 'status', text: t('door.work.text') }), bar);
  });
  return solve(challenge, (done) => {
    share = done;
    bar.value = done;
  });
}
