/** One session's board, read in peace: what is ticked becomes a need, an idea, a test, … */
import { el } from '../app/dom.js';
import { refusalText, t } from '../app/i18n.js';
import { badge, button, itemLink, link } from './parts.js';
import { pressed } from './morph.js';
import { materialOf, sessionAddress } from './server.js';

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
    mine.board = await materialOf(desk, session.id);
    mine.problem = null;
  } catch (refusal) {
    mine.problem = refusal.code ?? 'network';
  }
  if (desk.loaded === mine) desk.refresh();
}

/** @param {any} desk @returns {HTMLElement[]} */
export function draw(desk) {
  const { state, route, loaded } = desk;
  const session = state.sessionByID.get(route.session);
  if (!session) return [el('h2', { tabindex: '-1', dataset: { title: '' }, text: t('process.session.gone') }), el('p', {}, link(desk, { view: 'overview' }, t('process.back')))];
  const { board, problem } = loaded;
  const isGone = session.state === 'erased' || board?.state === 'erased';
  return [el('div', { class: 'board' },
    el('p', {}, link(desk, { view: 'overview' }, t('process.back'))),
    el('h2', { tabindex: '-1', dataset: { title: '' } }, session.title, ' ', badge(t(`process.session.state.${session.state}`), session.state)),
    el('p', { class: 'soft', text: t(isGone ? 'process.board.erased' : 'process.board.about') }),
    el('div', { class: 'row' },
      state.mayAnalyse && !isGone && el('a', { class: 'button button--small', href: sessionAddress(desk, session), target: '_blank', rel: 'noopener', text: t('process.session.open') }),
      button(t('process.board.again'), () => ask(desk), { kind: 'small quiet', key: 'again' })),
    (problem || board?.state === 'unavailable') && el('p', { class: 'banner banner--signal', role: 'alert', text: t('process.board.failed', { reason: refusalText(problem ?? 'unavailable') }) }),
    !board && !problem && el('p', { class: 'soft', role: 'status', text: t('process.board.loading') }),
    board?.state === 'there' && board.notes.length === 0 && el('p', { class: 'empty', text: t('process.board.empty') }),
    board && el('div', { class: 'board__box' },
      ...board.clusters.map((cluster) => clusterBox(desk, state, session, cluster, board.notes)),
      ...places(board.notes).map(({ name, notes }) => el('section', { class: 'board__column', dataset: { key: `place-${name}` } },
        name && el('h3', { text: name }),
        el('ul', { class: 'notelist', role: 'list' }, ...notes.map((note) => noteRow(desk, state, session, note))))))),
  tray(desk, state, session)];
}

/** The notes in no cluster, by the board and the place they stand in. */
function places(notes) {
  const found = new Map();
  for (const each of notes) {
    if (each.cluster) continue;
    const name = [each.board, each.place].filter(Boolean).join(' · ');
    found.set(name, [...(found.get(name) ?? []), each]);
  }
  return [...found].map(([name, some]) => ({ name, notes: some }));
}

function clusterBox(desk, state, session, { cluster, name, notes, votes }, all) {
  const members = notes.map((id) => all.find(({ note }) => note === id)).filter(Boolean);
  const words = name || t('common.unnamedCluster');
  return el('section', { class: 'cluster', dataset: { key: cluster } },
    el('h3', { class: 'cluster__title' }, tick(desk, cluster, t('process.chooseCluster', { name: words, count: members.length })),
      el('span', {}, el('span', { text: words }), ' ', el('span', { class: 'soft', text: t('common.notes', { count: members.length }) }),
        votes > 0 && el('span', { class: 'soft', text: ` · ${t('process.votes', { count: votes })}` }))),
    became(desk, state, `${session.id}/${cluster}`),
    el('ul', { class: 'notelist', role: 'list' }, ...members.map((note) => noteRow(desk, state, session, note))));
}

function noteRow(desk, state, session, { note, text, source = 'phone', language, votes }) {
  return el('li', { class: 'noterow', dataset: { key: note } },
    el('div', { class: 'noterow__line' }, tick(desk, note, t('process.choose', { text })),
      el('span', { class: 'noterow__text', lang: language }, text),
      source !== 'phone' && el('span', { class: 'soft', text: t(`common.source.${source}`) }),
      votes > 0 && el('span', { class: 'soft', text: t('process.votes', { count: votes }) })),
    became(desk, state, `${session.id}/${note}`));
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
 * @param {{ clusters: any[], notes: any[] }} board
 * @param {string} session
 * @param {Set<string>} chosen ids of clusters and notes
 * @returns {import('./model.js').Origin[]}
 */
export function originsOf({ clusters, notes }, session, chosen) {
  return [
    ...clusters.filter(({ cluster }) => chosen.has(cluster)).map(({ cluster, notes: members }) => ({ session, cluster, notes: members })),
    ...notes.filter(({ note, cluster }) => chosen.has(note) && !chosen.has(cluster)).map(({ note }) => ({ session, note })),
  ];
}

/** Something to begin with: the cluster's name, or the one note's words. */
function suggestedText({ clusters, notes }, chosen) {
  if (chosen.size !== 1) return '';
  const [id] = chosen;
  return clusters.find(({ cluster }) => cluster === id)?.name ?? notes.find(({ note }) => note === id)?.text ?? '';
}
