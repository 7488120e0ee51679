import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createNoteCard, updateNoteCard } from '../components/note-card.js';
import { boardColumns } from '../console/board-model.js';
import { fitPages } from './fit.js';
import { createPager } from './pager.js';

/** How many columns the wall holds in all, and the type's size in vw: the largest first. */
const WALL = [[3, 1.9], [3, 1.7], [4, 1.5], [4, 1.35], [5, 1.2]];

/** Laying out hundreds of notes takes a tenth of a second, so not more often than this, in milliseconds. */
const PAUSE = 300;

/** The whole board on the wall: columns beside one another, clusters as trays, notes as paper. It pages when it must. */
export function createBoardScene(client) {
  const columns = el('div', { class: 'wall-board' });
  const withheld = el('p', { class: 'wall-board__withheld' });
  const pager = createPager((page) => pages?.show(page));
  const element = el('div', { class: 'board-scene' }, columns, el('div', { class: 'board-scene__foot' }, withheld, pager.element));
  let pages = null;
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
    const parts = [client.entries('note/'), client.entries('cluster/'), state.structure, state.phase.id, state.totals.withheld];
    if (parts.every((part, index) => part === drawn[index]) || waiting !== null) return;
    drawn = parts;
    draw(state);
    waiting = setTimeout(() => {
      waiting = null;
      render(last);
    }, PAUSE);
  }

  function draw(state) {
    const model = boardColumns({ board: state.phase.board, structure: state.structure, notes: state.notes, clusters: state.clusters });
    reconcile(columns, model, {
      key: ({ id }) => id ?? '',
      create: createColumn,
      update(column, item) {
        const { heading, group, words, flow } = column.parts;
        setText(group, item.column.group ?? '');
        setText(words, item.column.name);
        heading.hidden = model.length === 1;
        setAttribute(column, 'data-paper', item.column.paper);
        reconcile(flow, [...item.clusters, ...item.notes], { key: ({ id }) => id, create: ({ notes }) => (notes ? createTray() : createNoteCard('article')), update: paint });
      },
    });
    setText(withheld, state.totals.withheld ? t('screen.withheld', { count: state.totals.withheld }) : '');
    fit(model.length);
  }

  /** Up to five columns of the board stand in one row, more in two. */
  function fit(count) {
    const rows = count > 5 ? 2 : 1;
    const across = Math.ceil(count / rows);
    columns.style.setProperty('grid-template-columns', `repeat(${across}, minmax(0, 1fr))`);
    columns.style.setProperty('grid-template-rows', `repeat(${rows}, minmax(0, 1fr))`);
    const flows = [...columns.children].map(({ parts }) => parts);
    pages = fitPages(flows, WALL.map(([wide, size]) => [Math.max(1, Math.floor(wide / across)), size]));
    pager.setCount(pages.count);
    pages.show(pager.page);
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

function createTray() {
  const tray = el('section', { class: 'wall-tray' }, el('h3', { class: 'wall-tray__name' }), el('div', { class: 'wall-tray__notes' }));
  return tray;
}

function paint(element, item) {
  if (!item.notes) {
    const { text, paper, language, author } = item.entry;
    updateNoteCard(element, { text, paper, language, author });
    return;
  }
  const [name, notes] = element.children;
  setText(name, item.entry.name);
  reconcile(notes, item.notes, { key: ({ id }) => id, create: () => createNoteCard('article'), update: paint });
}
