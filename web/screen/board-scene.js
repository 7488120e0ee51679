import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { across, groupsOf, hasPicture, placeName } from '../app/structure.js';
import { BoardPicture } from '../components/board-picture.js';
import { createNoteCard, updateNoteCard } from '../components/note-card.js';
import { boardColumns } from '../console/board-model.js';
import { fitPages } from './fit.js';
import { createPager } from './pager.js';

/** How many columns the wall holds in all, and the type's size in vw: the largest first. */
const WALL = [[3, 1.9], [3, 1.7], [4, 1.5], [4, 1.35], [5, 1.2]];

/** Rows of a grid, or cards, that stand on the wall at once; more turn as pages. */
const ROWS = 3;

/** Laying out hundreds of notes takes a tenth of a second, so not more often than this, in milliseconds. */
const PAUSE = 300;

/**
 * The whole board on the wall, as its structure is: columns beside one another, a grid in rows, a sequence in steps, a map or
 * rings with a list of what the numbers mean. Clusters are trays, notes paper. It pages when it must.
 */
export function createBoardScene(client) {
  const columns = el('div', { class: 'wall-board' });
  const picture = new BoardPicture();
  // It takes its room only when its style sheet is here: what stands beside it is measured again then.
  picture.ready.then(() => last && draw(last));
  const withheld = el('p', { class: 'wall-board__withheld' });
  const pager = createPager((page) => show(page));
  const element = el('div', { class: 'board-scene' }, el('div', { class: 'board-scene__wall' }, picture.element, columns),
    el('div', { class: 'board-scene__foot' }, withheld, pager.element));
  let pages = null;
  let rowPages = [null];
  let last = null;
  let drawn = [];
  let waiting = null;

  function createColumn() {
    const group = el('span', { class: 'wall-board__group' });
    const words = el('span');
    const heading = el('h2', { class: 'wall-board__title' }, group, ' ', words);
    const flow = el('div', { class: 'flow' });
    const view = el('div', { class: 'flow-view' }, flow);
    const column = el('section', { class: 'wall-board__column' }, heading, view);
    column.parts = { heading, group, words, flow, view };
    return column;
  }

  /** Draws only when the board changed; who is connected or has a hand up does not move a note. */
  function render(state) {
    last = state;
    const parts = [client.entries('note/'), client.entries('cluster/'), client.entries('round/'), state.structure, state.phase.id, state.totals.withheld];
    if (parts.every((part, index) => part === drawn[index]) || waiting !== null) return;
    drawn = parts;
    draw(state);
    waiting = setTimeout(() => {
      waiting = null;
      render(last);
    }, PAUSE);
  }

  function draw(state) {
    const { structure, phase } = state;
    const model = boardColumns({ board: phase.board, structure, notes: state.notes, clusters: state.clusters });
    const isDrawn = hasPicture(structure);
    const numbers = isDrawn ? drawPicture(state, model) : new Map();
    picture.element.hidden = !isDrawn;
    setAttribute(element, 'data-structure', structure?.structure);
    const paint = painter(numbers);
    // Beside a picture stands one list of all its notes, by number.
    const shown = isDrawn ? [{ id: null, column: { name: '', group: '' }, clusters: [], notes: model.flatMap(inOrder) }] : model;
    reconcile(columns, shown, {
      key: ({ id }) => id ?? '',
      create: createColumn,
      update(column, item) {
        const { heading, group, words, flow } = column.parts;
        setText(group, item.column.group ?? '');
        setText(words, placeName(structure, item.column));
        heading.hidden = shown.length === 1;
        setAttribute(column, 'data-paper', item.column.paper);
        reconcile(flow, [...item.clusters, ...item.notes], { key: ({ id }) => id, create: ({ notes }) => (notes ? createTray() : createNoteCard('article')), update: paint });
      },
    });
    setText(withheld, state.totals.withheld ? t('screen.withheld', { count: state.totals.withheld }) : '');
    fit(structure, shown.length, isDrawn);
  }

  function drawPicture({ phase, structure, rounds, session }, model) {
    const notes = model.flatMap(inOrder);
    picture.draw({ id: phase.board, board: structure, notes, rounds, language: session.language });
    return new Map(notes.map(({ id }, index) => [id, index + 1]));
  }

  /** A grid keeps its rows; of other boards up to five columns stand in one row, more in two. */
  function fit(structure, count, isDrawn) {
    const inRow = isDrawn ? 0 : across(structure);
    const rows = inRow ? Math.min(ROWS, groupsOf(structure.columns).length) : count > 5 ? 2 : 1;
    const wide = inRow || Math.ceil(count / rows);
    columns.style.setProperty('grid-template-columns', `repeat(${wide}, minmax(0, 1fr))`);
    columns.style.setProperty('grid-template-rows', `repeat(${rows}, minmax(0, 1fr))`);
    const sections = [...columns.children];
    sections.forEach((section, index) => setAttribute(section, 'data-row-end', (index + 1) % wide === 0));
    const perPage = rows * wide;
    rowPages = Array.from({ length: Math.ceil(count / perPage) }, (_, page) => ({ from: page * perPage, to: (page + 1) * perPage }));
    // All of them are measured as they will stand.
    const steps = isDrawn ? [[1, 1.6], [1, 1.4], [2, 1.2]] : WALL.map(([columnCount, size]) => [Math.max(1, Math.floor(columnCount / wide)), size]);
    pages = rowPages.map(({ from, to }) => {
      sections.forEach((section, index) => { section.hidden = index < from || index >= to; });
      return fitPages(sections.slice(from, to).map(({ parts }) => parts), steps);
    });
    pager.setCount(pages.reduce((sum, { count: inside }) => sum + inside, 0));
    show(pager.page);
  }

  function show(page) {
    if (!pages) return;
    let first = 0;
    let at = 0;
    while (at < pages.length - 1 && page >= first + pages[at].count) {
      first += pages[at].count;
      at += 1;
    }
    const { from, to } = rowPages[at];
    [...columns.children].forEach((section, index) => { section.hidden = index < from || index >= to; });
    pages[at].show(page - first);
  }

  let size = '';
  const resized = new ResizeObserver(([{ contentRect }]) => {
    const now = `${contentRect.width} ${contentRect.height}`;
    if (last && contentRect.width > 0 && now !== size) draw(last);
    size = now;
  });
  resized.observe(columns);
  return { element, render, stop: () => { clearTimeout(waiting); pager.stop(); resized.disconnect(); } };
}

/** A column's notes in reading order: those in clusters first. */
const inOrder = (column) => [...column.clusters.flatMap((cluster) => cluster.notes), ...column.notes];

function createTray() {
  const tray = el('section', { class: 'wall-tray' }, el('h3', { class: 'wall-tray__name' }), el('div', { class: 'wall-tray__notes' }));
  return tray;
}

/** @param {Map<string, number>} numbers the notes' numbers in the picture beside them */
function painter(numbers) {
  return function paint(element, item) {
    if (!item.notes) {
      const { text, paper, language, author, source } = item.entry;
      updateNoteCard(element, { text, paper, language, author, source, number: numbers.get(item.id) });
      return;
    }
    const [name, notes] = element.children;
    setText(name, item.entry.name);
    reconcile(notes, item.notes, { key: ({ id }) => id, create: () => createNoteCard('article'), update: paint });
  };
}
