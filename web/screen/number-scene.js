import { el, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';

/** One large number: how much is written while nobody may read it, or how many have voted. */
export function createNumberScene() {
  const number = el('p', { class: 'count__number numbers' });
  const words = el('p', { class: 'count__words' });
  const about = el('p', { class: 'count__about' });
  const bar = el('div', { class: 'count__bar', 'aria-hidden': 'true' }, el('span'));
  const element = el('div', { class: 'count', role: 'status' }, number, words, bar, about);
  return {
    element,
    render({ totals, devices, phase, isPrivate, turnout }, { round, quiet }) {
      const people = round && turnout ? turnout.of : devices;
      element.classList.toggle('count--quiet', Boolean(quiet));
      const lines = round ? ofRound(round.entry, turnout) : ofNotes(totals, people, isPrivate);
      const isShown = !quiet || (totals.notes > 0 && phase.may.includes('add'));
      const done = round ? turnout?.voted ?? 0 : totals.writers;
      bar.hidden = people === 0 || Boolean(round && (turnout?.few || turnout?.all)) || (round ? round.entry.state !== 'open' : quiet && totals.notes === 0) || !(round || phase.may.includes('add'));
      bar.firstElementChild.style.setProperty('inline-size', `${people ? Math.min(100, (100 * done) / people) : 0}%`);
      [number, words, about].forEach((line, index) => {
        setText(line, lines[index] ?? '');
        line.hidden = !lines[index] || !isShown;
      });
    },
  };
}

function ofRound({ state }, turnout) {
  if (state === 'open' && turnout) {
    // When so few are missing that the room would look for them, no number is told.
    if (turnout.all) return ['✓', t('screen.all-in')];
    return turnout.few ? ['', t('screen.nearly')] : [formatNumber(turnout.voted), t('screen.voted', { count: turnout.voted, people: turnout.of })];
  }
  return ['', t('screen.counted'), t('screen.result-soon')];
}

function ofNotes({ notes, writers }, people, isPrivate) {
  return [formatNumber(notes), t('screen.private', { count: notes }),
    [people > 0 && t('screen.wrote', { count: writers, people }), isPrivate && t('screen.private-about')].filter(Boolean).join('. ')];
}
