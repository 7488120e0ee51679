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

function sentence({ phase, totals, people, rounds, held, isFacilitator }) {
  const open = rounds.find(({ entry }) => entry.state === 'open');
  const parts = [t('console.sums.phase', { name: phase.name })];
  if (open) parts.push(t('console.sums.voted', { count: open.entry.voters, people }));
  else if (totals.notes) parts.push(t('console.sums.wrote', { count: totals.writers, people }), t('console.notes', { count: totals.notes }));
  if (isFacilitator && held.length) parts.push(t('console.held.title', { count: held.length }));
  if (totals.hands) parts.push(t('console.sums.hands', { count: totals.hands }));
  return parts.join(' ');
}
