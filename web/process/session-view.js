/** One session's board, read in peace: what is ticked becomes a need, an idea, a test, … */
import { el } from '../app/dom.js';
import { refusalText, t } from '../app/i18n.js';
import { badge, button, itemLink, link } from './parts.js';
import { pressed } from './morph.js';
import { sessionAddress, sessionBoard } from './server.js';

/** Asks for the board, again each time one comes here. */
export function arrive(desk) {
  desk.loaded = { session: desk.route.session, board: null, problem: null };
  ask(desk);
}

async function ask(desk) {
  const mine = desk.loaded;
  const session = desk.state?.sessionByID.get(mine.session);
  // Before the first entries are here there is nobody to ask.
  if (!session) {
    desk.client.addEventListener('change', () => setTimeout(() => { if (desk.loaded === mine && !mine.asked) ask(desk); }), { once: true });
    return;
  }
  mine.asked = true;
  try {
    mine.board = await sessionBoard(desk, session);
    mine.problem = null;
  } catch (refusal) {
    mine.problem = refusal.code;
  }
  if (desk.loaded === mine) desk.refresh();
}

/** @param {any} desk @returns {HTMLElement[]} */
export function draw(desk) {
  const { state, route, loaded } = desk;
  const session = state.sessionByID.get(route.session);
  if (!session) return [el('h2', { tabindex: '-1', dataset: { title: '' }, text: t('process.session.gone') }), el('p', {}, link(desk, { view: 'overview' }, t('process.back')))];
  const { board, problem } = loaded;
  return [el('div', { class: 'board' },
    el('p', {}, link(desk, { view: 'overview' }, t('process.back'))),
    el('h2', { tabindex: '-1', dataset: { title: '' } }, session.title, ' ', badge(t(`process.session.state.${session.state}`), session.state)),
    el('p', { class: 'soft', text: t('process.board.about') }),
    el('div', { class: 'row' },
      el('a', { class: 'button button--small', href: sessionAddress(desk, session), target: '_blank', rel: 'noopener', text: t('process.session.open') }),
      button(t('process.board.again'), () => ask(desk), { kind: 'small quiet', key: 'again' })),
    problem && el('p', { class: 'banner banner--signal', role: 'alert', text: t('process.board.failed', { reason: refusalText(problem) }) }),
    !board && !problem && el('p', { class: 'soft', role: 'status', text: t('process.board.loading') }),
    board && board.boards.every(({ columns }) => columns.every(({ clusters, notes }) => clusters.length + notes.length === 0)) && el('p', { class: 'empty', text: t('process.board.empty') }),
    ...(board?.boards ?? []).map((each) => boardBox(desk, state, session, board, each))),
  tray(desk, state, session)];
}

function boardBox(desk, state, session, document, { id, name, columns }) {
  const filled = columns.filter(({ clusters, notes }) => clusters.length + notes.length > 0);
  if (filled.length === 0) return null;
  const votes = votesOf(document, id);
  return el('section', { class: 'board__box', dataset: { key: id } },
    document.boards.length > 1 && el('h3', { text: name }),
    ...filled.map((column) => el('section', { class: 'board__column', dataset: { key: `${id}/${column.id}` } },
      column.name && el('h4', { text: column.group ? `${column.group}: ${column.name}` : column.name }),
      ...column.clusters.map((cluster) => clusterBox(desk, state, session, cluster, votes)),
      column.notes.length > 0 && el('ul', { class: 'notelist', role: 'list' }, ...column.notes.map((note) => noteRow(desk, state, session, note, votes))))));
}

/** Target → personal votes in the last round that is told. */
function votesOf({ rounds }, board) {
  const last = rounds.filter((round) => round.board === board && round.reported).at(-1);
  return new Map((last?.results ?? []).map(({ target, votes }) => [target, votes.dots ?? votes.answers]));
}

function clusterBox(desk, state, session, { id, name, notes }, votes) {
  return el('section', { class: 'cluster', dataset: { key: id } },
    el('h5', { class: 'cluster__title' }, tick(desk, id, t('process.chooseCluster', { name: name || t('common.unnamedCluster'), count: notes.length })),
      el('span', {}, el('span', { text: name || t('common.unnamedCluster') }), ' ', el('span', { class: 'soft', text: t('common.notes', { count: notes.length }) }),
        votes.has(id) && el('span', { class: 'soft', text: ` · ${t('process.votes', { count: votes.get(id) })}` }))),
    became(desk, state, `${session.id}/${id}`),
    el('ul', { class: 'notelist', role: 'list' }, ...notes.map((note) => noteRow(desk, state, session, note, votes))));
}

function noteRow(desk, state, session, { id, text, source, language }, votes) {
  return el('li', { class: 'noterow', dataset: { key: id } },
    el('div', { class: 'noterow__line' }, tick(desk, id, t('process.choose', { text })),
      el('span', { class: 'noterow__text', lang: language }, text),
      source !== 'phone' && el('span', { class: 'soft', text: t(`common.source.${source}`) }),
      votes.has(id) && el('span', { class: 'soft', text: t('process.votes', { count: votes.get(id) }) })),
    became(desk, state, `${session.id}/${id}`));
}

/** What came of it, as links. */
function became(desk, state, key) {
  const ids = state.used.get(key) ?? [];
  return ids.length > 0 && el('p', { class: 'became' }, el('span', { class: 'soft', text: `${t('process.to.of')} ` }), ...ids.flatMap((id, index) => [index > 0 && ', ', itemLink(desk, id)]).filter(Boolean));
}

function tick(desk, id, label) {
  if (!desk.state.mayAnalyse) return null;
  const box = el('input', { type: 'checkbox', class: 'tick', 'aria-label': label });
  box.checked = desk.chosen.has(id);
  return pressed(box, () => {
    if (!desk.chosen.delete(id)) desk.chosen.add(id);
    desk.refresh();
  });
}

function tray(desk, state, session) {
  const { board } = desk.loaded;
  const from = board ? originsOf(board, session.id, desk.chosen) : [];
  if (from.length === 0) return el('div', { class: 'tray-place', dataset: { key: 'tray' } });
  const count = desk.chosen.size;
  const text = suggestedText(board, desk.chosen);
  return el('div', { class: 'tray-place', dataset: { key: 'tray' } }, el('section', { class: 'tray', 'aria-label': t('process.chosen', { count }) },
    el('p', { class: 'tray__count', role: 'status', text: t('process.chosen', { count }) }),
    el('div', { class: 'row' },
      button(t('process.item.make'), () => import('./item-dialog.js').then(({ openAddItem }) => openAddItem(desk, { from, step: session.step, text })), { kind: 'primary small', key: 'tray-make' }),
      state.mayAnalyse && state.items.length > 0 && button(t('process.link.toItem'), () => import('./item-dialog.js').then(({ openLinkTo }) => openLinkTo(desk, from)), { kind: 'small', key: 'tray-link' }),
      state.mayRun && button(t('process.carry'), () => import('./carry-dialog.js').then(({ openCarry }) => openCarry(desk, from, session.id)), { kind: 'small', key: 'tray-carry' }),
      button(t('process.chooseNone'), () => {
        desk.chosen.clear();
        desk.refresh();
        document.querySelector('[data-title]')?.focus();
      }, { kind: 'small quiet', key: 'tray-none' }))));
}

/**
 * What is ticked, as origins: a cluster with its notes as they are now; a single note that is not in a ticked cluster.
 *
 * @param {any} board the session's results
 * @param {string} session
 * @param {Set<string>} chosen ids of clusters and notes
 * @returns {import('./model.js').Origin[]}
 */
export function originsOf({ boards }, session, chosen) {
  const origins = [];
  for (const { columns } of boards) {
    for (const { clusters, notes } of columns) {
      for (const { id, notes: members } of clusters) {
        if (chosen.has(id)) origins.push({ session, cluster: id, notes: members.map((note) => note.id) });
        else for (const note of members) if (chosen.has(note.id)) origins.push({ session, note: note.id });
      }
      for (const note of notes) if (chosen.has(note.id)) origins.push({ session, note: note.id });
    }
  }
  return origins;
}

/** Something to begin with: the cluster's name, or the one note's words. */
function suggestedText({ boards }, chosen) {
  if (chosen.size !== 1) return '';
  const [id] = chosen;
  for (const { columns } of boards) {
    for (const { clusters, notes } of columns) {
      for (const cluster of clusters) if (cluster.id === id) return cluster.name;
      for (const note of [...notes, ...clusters.flatMap((cluster) => cluster.notes)]) if (note.id === id) return note.text;
    }
  }
  return '';
}
