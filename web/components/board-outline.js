import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createNoteCard, updateNoteCard } from './note-card.js';

/**
 * How a page shows an outline.
 *
 * @typedef {{ level: number, note: (item: import('../app/outline.js').Item, cluster: object | null) => import('./note-card.js').Card,
 *   clusterActions?: (cluster: import('../app/outline.js').ClusterOutline) => import('./note-card.js').Action[],
 *   columnActions?: (column: import('../app/outline.js').ColumnOutline) => import('./note-card.js').Action[],
 *   language?: string, emptyColumn?: string, version?: string, columnName?: (column: import('../app/outline.js').ColumnOutline) => string }} How
 *   `emptyColumn` replaces the words for a column without notes; `version` names everything but the note itself that a card
 *   depends on: with it, cards of unchanged notes are left alone; `level` is the rank of the columns' headings, 2 to 5; clusters come one below (on a plain list, at `level` itself)
 */

/**
 * Draws a board as headings and lists: one section a column, in it one a cluster, then the notes that stand alone.
 *
 * @param {HTMLElement} container whose children this function owns
 * @param {import('../app/outline.js').Outline} outline
 * @param {How} how
 */
export function renderOutline(container, outline, how) {
  container.classList.add('outline');
  const hasColumns = outline.columns.some(({ id }) => id !== null);
  container.classList.toggle('outline--columns', hasColumns);
  setAttribute(container, 'data-structure', outline.board?.structure);
  setAttribute(container, 'lang', how.language);
  reconcile(container, outline.columns, {
    key: ({ id }) => `${id ?? ''}/${hasColumns}`,
    create: () => createColumn(hasColumns ? how.level : null),
    update: (section, column) => updateColumn(section, column, how, hasColumns ? how.level + 1 : how.level),
  });
}

function createColumn(level) {
  const head = level && el('div', { class: 'outline__head' },
    el(`h${level}`, { class: 'outline__title' }, el('span', { class: 'outline__group' }), el('span'), el('span', { class: 'count numbers' })),
    el('p', { class: 'outline__hint' }),
    el('div', { class: 'outline__actions' }));
  const parts = {
    head,
    clusters: el('div', { class: 'outline__clusters' }),
    notes: el('ul', { class: 'notes', role: 'list' }),
    empty: el('p', { class: 'outline__empty' }),
  };
  const section = el('section', { class: 'outline__column' }, parts.head, parts.clusters, parts.notes, parts.empty);
  section.parts = parts;
  return section;
}

function updateColumn(section, column, how, clusterLevel) {
  const { head, clusters, notes, empty } = section.parts;
  setAttribute(section, 'data-paper', column.paper);
  if (head) {
    const [title, hint, actions] = head.children;
    const [group, name, count] = title.children;
    setText(group, column.group ? `${column.group}: ` : '');
    setText(name, column.id === null ? t('common.noPlace') : how.columnName?.(column) ?? column.name);
    setCount(count, column.count);
    setText(hint, column.hint);
    hint.hidden = !column.hint;
    drawActions(actions, how.columnActions?.(column) ?? []);
  }
  reconcile(clusters, column.clusters, {
    key: ({ id }) => id,
    create: () => createCluster(clusterLevel),
    update: (element, cluster) => updateCluster(element, cluster, how),
  });
  clusters.hidden = column.clusters.length === 0;
  drawNotes(notes, column.loose, null, how);
  empty.hidden = column.count > 0 || column.clusters.length > 0 || !head;
  setText(empty, how.emptyColumn ?? t('common.emptyColumn'));
}

function createCluster(level) {
  const parts = {
    title: el(`h${level}`, { class: 'cluster__title' }, el('span'), el('span', { class: 'count numbers' })),
    actions: el('div', { class: 'outline__actions' }),
    notes: el('ul', { class: 'notes', role: 'list' }),
    empty: el('p', { class: 'outline__empty' }),
  };
  const section = el('section', { class: 'cluster' }, el('div', { class: 'cluster__head' }, parts.title, parts.actions), parts.notes, parts.empty);
  section.parts = parts;
  return section;
}

function updateCluster(section, cluster, how) {
  const { title, actions, notes, empty } = section.parts;
  setText(title.firstElementChild, cluster.name || t('common.unnamedCluster'));
  setCount(title.lastElementChild, cluster.notes.length);
  drawActions(actions, how.clusterActions?.(cluster) ?? []);
  drawNotes(notes, cluster.notes, cluster, how);
  empty.hidden = cluster.notes.length > 0;
  setText(empty, t('common.emptyCluster'));
}

function drawNotes(list, notes, cluster, how) {
  list.hidden = notes.length === 0;
  reconcile(list, notes, {
    key: ({ id }) => id,
    create: () => createNoteCard('li'),
    update: (card, item) => {
      if (how.version !== undefined && card.shown === item.entry && card.version === how.version) return;
      card.shown = item.entry;
      card.version = how.version;
      updateNoteCard(card, how.note(item, cluster));
    },
  });
}

/** The figure for eyes, and what it counts for ears. */
function setCount(element, count) {
  setText(element, String(count));
  setAttribute(element, 'aria-label', t('common.notes', { count }));
  setAttribute(element, 'role', 'img');
}

function drawActions(container, actions) {
  container.hidden = actions.length === 0;
  reconcile(container, actions, {
    key: ({ id }) => id,
    create: () => el('button', {
      type: 'button', class: 'button button--small button--quiet', onclick: (event) => event.currentTarget.action.act(event),
    }),
    update: (button, action) => {
      button.action = action;
      setText(button, action.label);
      setAttribute(button, 'aria-label', action.name);
    },
  });
}
