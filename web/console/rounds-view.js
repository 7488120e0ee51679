import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { showResults } from '../components/results-chart.js';
import { spotlightItem } from './board-menus.js';
import { openHandsDialog } from './round-dialogs.js';
import { targetName } from './state.js';
import { resultRows } from './vote-model.js';

/** The vote rounds of the board in view, newest first; each keeps its result. */
export function createRounds(desk) {
  const list = el('ul', { class: 'rounds__list', role: 'list' });
  const element = el('section', { class: 'rounds', 'aria-label': t('console.round.all') }, list);

  function create() {
    const item = el('li', { class: 'round' });
    const title = el('h3', { class: 'round__title' });
    const state = el('p', { class: 'round__state' });
    const button = (className, act) => el('button', { class: `button button--small ${className}`, type: 'button', onclick: () => act(item.item) });
    const close = button('', ({ id }) => desk.act('round.close', { round: id }));
    const reveal = button('', ({ id }) => desk.act('round.reveal', { round: id }));
    const hands = button('', (round) => openHandsDialog(desk, round));
    const spot = button('', ({ id }) => spotlightItem(desk, id).act());
    const table = el('table', { class: 'results' });
    const details = el('div', { class: 'round__results' }, table);
    item.append(el('div', { class: 'round__head' }, title, state), el('div', { class: 'round__actions' }, close, reveal, hands, spot), details);
    item.parts = { title, state, close, reveal, hands, spot, table, details };
    setText(close, t('console.round.close'));
    setText(reveal, t('console.round.reveal'));
    setText(hands, t('console.hands.title'));
    return item;
  }

  function update(item, round) {
    item.item = round;
    const { entry, id } = round;
    const { title, state, close, reveal, hands, spot, table, details } = item.parts;
    const { isFacilitator, session, people, turnout } = desk.state;
    setText(title, entry.title || t('console.round.untitled'));
    const isVague = entry.state === 'open' && turnout && (turnout.all || turnout.few);
    setText(state, isVague ? t(turnout.all ? 'console.all-in' : 'console.nearly') : t(`console.round.${entry.state}`, { count: entry.state === 'open' && turnout ? turnout.voted : entry.voters, people: turnout?.of ?? people }));
    const may = isFacilitator && !session.ended;
    close.hidden = !may || entry.state !== 'open';
    reveal.hidden = !may || entry.state !== 'closed';
    hands.hidden = session.ended;
    spot.hidden = !may || entry.state !== 'revealed';
    setText(spot, spotlightItem(desk, id).label);
    details.hidden = !entry.results;
    if (!entry.results) return;
    const rows = resultRows(entry).map((row) => ({ ...row, name: targetName(desk.state, row.target) ?? t('console.round.gone') }));
    showResults(table, { caption: t(`results.caption.${entry.vote.kind}`), vote: entry.vote, rows });
  }

  return {
    element,
    render({ rounds, board }) {
      const here = rounds.filter(({ entry }) => entry.board === board).reverse();
      element.hidden = here.length === 0;
      reconcile(list, here, { key: ({ id }) => id, create, update });
    },
  };
}
