import { setText } from '../app/dom.js';
import { t } from '../app/i18n.js';

/** At most one announcement in this time, in milliseconds, so that forty people writing do not drown everything else. */
const PAUSE = 15_000;

/**
 * Tells a screen reader what others did, in sum: never note by note.
 *
 * @param {HTMLElement} region a polite live region
 */
export function createSums(region) {
  let said = '';
  let waiting = null;
  let latest = null;
  let lastPhase = null;

  function say() {
    waiting = null;
    const text = sentence(latest);
    if (text === said) return;
    said = text;
    setText(region, text);
    waiting = setTimeout(say, PAUSE);
  }

  return {
    render(state) {
      latest = state;
      const moved = lastPhase !== null && lastPhase !== state.phase.id;
      if (lastPhase === null) said = sentence(state);
      lastPhase = state.phase.id;
      if (moved) {
        clearTimeout(waiting);
        waiting = null;
      }
      if (waiting === null) waiting = setTimeout(say, moved ? 0 : 2_000);
    },
  };
}

function sentence({ phase, totals, devices, turnout, speakers, held, isFacilitator }) {
  const parts = [t('console.sums.phase', { name: phase.name })];
  if (turnout) parts.push(turnout.all ? t('console.sums.all-in') : turnout.few ? t('console.sums.nearly') : t('console.sums.voted', { count: turnout.voted, people: turnout.of }));
  else if (totals.notes) parts.push(t('console.sums.wrote', { count: totals.writers, people: devices }), t('console.notes', { count: totals.notes }));
  if (isFacilitator && held.length) parts.push(t('console.held.title', { count: held.length }));
  if (speakers?.queue.length) parts.push(t('console.speakers.said', { count: speakers.queue.length }));
  if (totals.hands) parts.push(t('console.sums.hands', { count: totals.hands }));
  return parts.join(' ');
}
