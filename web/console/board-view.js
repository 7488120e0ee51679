import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { across, hasPicture, placeName } from '../app/structure.js';
import { BoardPicture } from '../components/board-picture.js';
import { openCreateDialog, openMoveDialog } from './board-actions.js';
import { boardColumns, columnName } from './board-model.js';
import { enableDrag } from './board-drag.js';
import { createHeld } from './held-view.js';
import { icon } from './icons.js';
import { keepFocus } from './keep-focus.js';
import { openProposalDialog } from './proposal-dialog.js';
import { mayPropose } from './proposal-model.js';
import { createRounds } from './rounds-view.js';
import { settle } from './settle.js';
import { createSlip, updateSlip } from './slip.js';
import { createTray, updateTray } from './tray.js';

/**
 * The board: an outline of columns, clusters and notes (headings, lists, buttons) that CSS lays out as paper on a wall.
 *
 * @param {HTMLElement} pane
 */
export function createBoard(pane, desk) {
  const selected = new Set();
  const title = el('h2', { class: 'pane__title', id: 'board-title' });
  const counts = el('p', { class: 'board__counts soft numbers' });
  const chooser = el('select', { class: 'input board__chooser', 'aria-label': t('console.board.choose') });
  chooser.addEventListener('change', () => {
    desk.chosenBoard = chooser.value;
    desk.refresh();
  });
  const undo = el('button', { class: 'button button--small board__undo', type: 'button', onclick: () => desk.act('clustering.undo') }, icon('undo'), el('span'));
  const propose = el('button', { class: 'button button--small board__propose', type: 'button', text: t('console.proposal.ask'), hidden: true, async onclick() {
    if (propose.getAttribute('aria-disabled')) return;
    setAttribute(propose, 'aria-disabled', 'true');
    setText(propose, t('console.proposal.working'));
    await openProposalDialog(desk);
    setAttribute(propose, 'aria-disabled', false);
    setText(propose, t('console.proposal.ask'));
  } });
  const group = el('button', { class: 'button button--small button--primary', type: 'button', onclick: () => openCreateDialog(desk, [...selected], clear) });
  const move = el('button', { class: 'button button--small', type: 'button', text: t('console.note.move'), onclick: () => openMoveDialog(desk, [...selected]) });
  const drop = el('button', { class: 'button button--small button--quiet', type: 'button', text: t('console.select.clear'), onclick: clear });
  const chosen = el('div', { class: 'board__chosen', role: 'group', 'aria-label': t('console.select.group'), hidden: true }, group, move, drop);
  const secret = el('div', { class: 'board__secret' });
  const empty = el('p', { class: 'empty board__empty' });
  const columns = el('div', { class: 'board__columns' });
  const picture = new BoardPicture();
  const held = createHeld(desk);
  const rounds = createRounds(desk);
  pane.replaceChildren(el('div', { class: 'board__head' }, el('div', { class: 'board__titles' }, title, chooser, counts), el('div', { class: 'row' }, propose, undo)),
    chosen, held.waiting, rounds.element, secret, empty, picture.element, columns, held.gone);
  enableDrag(columns, desk, selected);
  const moves = settle(columns);
  const refocus = keepFocus(columns);

  function clear() {
    selected.clear();
    desk.refresh();
  }

  function selectionChanged() {
    for (const slip of columns.querySelectorAll('.slip')) setAttribute(slip, 'data-selected', selected.has(slip.dataset.note));
    showChosen();
  }

  function showChosen() {
    chosen.hidden = selected.size === 0;
    setText(group, t('console.select.make', { count: selected.size }));
  }

  const makeSlip = () => createSlip(desk, selected, selectionChanged);

  function createColumn() {
    const group = el('span', { class: 'column__group' });
    const words = el('span');
    const heading = el('h3', { class: 'column__title' }, group, ' ', words);
    const hint = el('p', { class: 'column__hint soft' });
    const trays = el('ul', { class: 'column__trays', role: 'list' });
    const lone = el('h4', { class: 'column__lone', text: t('console.board.lone') });
    const notes = el('ul', { class: 'column__notes', role: 'list' });
    const column = el('section', { class: 'column' }, heading, hint, trays, lone, notes);
    column.parts = { heading, group, words, hint, trays, lone, notes };
    return column;
  }

  function updateColumn(column, item, isOnly, structure, numbers) {
    const { heading, group, words, hint, trays, lone, notes } = column.parts;
    setText(group, item.column.group ?? '');
    setText(words, placeName(structure, item.column));
    heading.classList.toggle('visually-hidden', isOnly);
    setText(hint, item.column.hint ?? '');
    hint.hidden = !item.column.hint;
    setAttribute(column, 'data-column', item.id ?? '');
    setAttribute(column, 'data-paper', item.column.paper);
    setAttribute(column, 'aria-label', !isOnly && columnName(item.column));
    trays.hidden = item.clusters.length === 0;
    lone.hidden = item.clusters.length === 0 || item.notes.length === 0;
    reconcile(trays, item.clusters, { key: ({ id }) => id, create: () => createTray(desk, selected, selectionChanged), update: (tray, cluster) => updateTray(desk, selected, tray, cluster, numbers) });
    reconcile(notes, item.notes, { key: ({ id }) => id, create: makeSlip, update: (slip, note) => updateSlip(desk, selected, slip, note, numbers) });
  }

  return {
    render(state) {
      const model = boardColumns({ board: state.board, structure: state.structure, notes: state.notes, clusters: state.clusters });
      const notes = state.notes.filter(({ entry }) => entry.board === state.board);
      const clusters = state.clusters.filter(({ entry }) => entry.board === state.board);
      for (const id of selected) if (!notes.some((note) => note.id === id)) selected.delete(id);

      setText(title, state.structure?.name || t('console.board.title'));
      title.classList.toggle('visually-hidden', state.boards.length > 1);
      chooser.hidden = state.boards.length < 2;
      if (chooser.options.length !== state.boards.length) {
        chooser.replaceChildren(...state.boards.map(({ id, entry }) => el('option', { value: id, text: entry.name })));
      }
      chooser.value = state.board;
      setText(counts, [notes.length && t('console.notes', { count: notes.length }), clusters.length && t('console.clusters', { count: clusters.length })].filter(Boolean).join(' · '));

      const hadFocus = document.activeElement === propose;
      propose.hidden = !mayPropose(state);
      if (hadFocus && propose.hidden) pane.focus({ preventScroll: true });
      undo.hidden = !state.may('cluster') || (state.undoSteps === 0 && clusters.length === 0);
      setAttribute(undo, 'aria-disabled', state.undoSteps === 0 && 'true');
      setText(undo.lastElementChild, state.undoSteps ? t('console.undo-count', { count: state.undoSteps }) : t('console.undo'));

      held.render(state);
      rounds.render(state);
      showSecret(state);
      const nothing = notes.length === 0 && secret.hidden;
      empty.hidden = !nothing;
      setText(empty, t(state.phase.may.includes('add') ? 'console.board.empty-writing' : 'console.board.empty'));
      columns.hidden = nothing && model.length < 2;
      const numbers = showPicture(state, model, nothing);
      const wide = across(state.structure);
      setAttribute(columns, 'data-structure', state.structure?.structure);
      setAttribute(columns, 'data-across', wide > 0 && wide);
      columns.style.setProperty('--across', String(wide || 1));
      moves.before();
      reconcile(columns, model, { key: ({ id }) => id ?? '', create: createColumn, update: (column, item) => updateColumn(column, item, model.length === 1, state.structure, numbers) });
      moves.after();
      refocus();
      showChosen();
    },
  };

  /** A map or rings over the places, where each note has a number. @returns {Map<string, number>} the numbers */
  function showPicture({ board, structure, rounds, session }, model, nothing) {
    picture.element.hidden = !hasPicture(structure) || nothing;
    if (picture.element.hidden) return new Map();
    const notes = model.flatMap((column) => [...column.clusters.flatMap((cluster) => cluster.notes), ...column.notes]);
    picture.draw({ id: board, board: structure, notes, rounds, language: session.language });
    return new Map(notes.map(({ id }, index) => [id, index + 1]));
  }

  /** While people write for themselves nobody sees a word: only how much there is. */
  function showSecret({ isPrivate, totals, phase, board, people }) {
    secret.hidden = !isPrivate || board !== phase.board;
    if (secret.hidden) return;
    if (!secret.firstChild) secret.append(el('p', { class: 'board__number numbers' }), el('p', { class: 'board__secret-words' }), el('p', { class: 'soft' }));
    const [number, words, who] = secret.children;
    setText(number, String(totals.notes));
    setText(words, t(phase.visibility === 'group' ? 'console.board.group' : 'console.board.private', { count: totals.notes }));
    setText(who, people ? t('console.sums.wrote', { count: totals.writers, people }) : '');
  }
}
