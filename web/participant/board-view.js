import { renderOutline } from '../components/board-outline.js';
import { excerpt } from '../components/note-card.js';
import { el, setAttribute, setText } from '../app/dom.js';
import { language, refusalText, t } from '../app/i18n.js';
import { buildOutline } from '../app/outline.js';
import { across, hasPicture, placeName } from '../app/structure.js';
import { editNote } from './note-acts.js';
import { mayEdit } from './rules.js';
import { askText, openSheet, sheetList } from './sheet.js';

/** Up to so many places are a list of buttons. */
const MANY = 8;

/** Everybody's notes: the board as an outline, with the moves that the phase allows. */
export class BoardView {
  #context;
  #composer;
  #outlineNow = null;
  #show = () => {};
  #title = el('h2', {}, el('span'), el('span', { class: 'count numbers', 'aria-hidden': 'true' }));
  #withheld = el('p', { class: 'soft' });
  #picture = el('div');
  #drawing = null;
  #loading = null;
  #outline = el('div');
  #empty = el('p', { class: 'empty' });
  #undo = el('button', { type: 'button', class: 'button button--small', onclick: () => this.#context.act('clustering.undo') }, t('participant.undo'));
  element = el('section', { class: 'wall', hidden: true }, el('div', { class: 'wall__head' }, this.#title, this.#undo), this.#withheld, this.#empty, this.#picture, this.#outline);

  constructor(context, composer) {
    this.#context = context;
    this.#composer = composer;
  }

  draw(state) {
    const { phase, board, notes, clusters, openRound, may, session, totals } = state;
    // While people vote, the ballot is the board.
    this.element.hidden = openRound !== null && may.vote;
    if (this.element.hidden) return;
    const visible = notes.filter(({ entry }) => entry.visible ?? true).filter(({ entry }) => entry.publication !== 'redacted' && entry.publication !== 'held');
    const outline = buildOutline(phase.board, board, visible, clusters);
    this.#outlineNow = outline;
    const numbers = this.#drawPicture(state, outline);
    // Of a map's many places only those that hold something are told of; the others are chosen where one writes.
    const told = board?.structure === 'matrix' ? { ...outline, columns: outline.columns.filter(({ count, clusters: here }) => count || here.length) } : outline;
    setText(this.#title.firstElementChild, board?.name || t('participant.everybody'));
    this.#title.firstElementChild.lang = session?.language ?? '';
    setText(this.#title.lastElementChild, String(outline.count));
    this.#title.lastElementChild.hidden = outline.count === 0;
    this.#undo.hidden = !may.cluster || outline.count === 0;
    this.#withheld.hidden = !totals?.withheld;
    if (totals?.withheld) setText(this.#withheld, t('participant.withheld', { count: totals.withheld }));
    const isPrivate = phase.visibility === 'own' && !phase.revealed;
    const hasStructure = outline.columns.some(({ id }) => id !== null);
    this.#empty.hidden = outline.count > 0 || (told.columns.length > 0 && hasStructure && !isPrivate);
    setText(this.#empty, isPrivate ? t('participant.emptyPrivate', { count: totals?.notes ?? 0 }) : t(may.add ? 'participant.emptyBoard' : 'participant.emptyReading'));
    this.#outline.hidden = outline.count === 0 && outline.columns.every((column) => column.id === null && column.clusters.length === 0);
    const wide = across(board);
    setAttribute(this.#outline, 'data-across', wide > 0 && board.structure !== 'matrix' ? wide : null);
    this.#outline.style.setProperty('--across', String(wide || 1));
    renderOutline(this.#outline, told, {
      level: 3, language: session?.language, emptyColumn: isPrivate ? '' : undefined, version: JSON.stringify([may, phase.id, phase.revealed, !this.#context.more, session?.language, language(), hasStructure, [...numbers]]),
      columnName: (column) => placeName(board, column),
      note: ({ id, entry }) => this.#card(id, entry, may, hasStructure, numbers.get(id), phase),
      clusterActions: (cluster) => (may.cluster ? this.#clusterActions(cluster, outline) : []),
      columnActions: (column) => (may.add && column.id !== null ? [{
        id: 'write', label: t('participant.writeHere'), name: t('participant.writeIn', { name: column.group ? `${column.group}: ${column.name}` : column.name }), act: () => this.#composer.writeIn(column.id),
      }] : []),
    });
  }

  /** Where a picture says more than the order of the places, it stands over the list. @returns {Map<string, number>} the notes' numbers in it */
  #drawPicture({ phase, board, revealedRounds, session }, outline) {
    this.#picture.hidden = !hasPicture(board) || outline.count === 0;
    if (this.#picture.hidden) return new Map();
    const notes = outline.columns.flatMap(({ clusters, loose }) => [...clusters.flatMap((cluster) => cluster.notes), ...loose]);
    // Newest last, so that a later round for an axis takes the place of an earlier one.
    this.#show = () => this.#drawing?.draw({ id: phase.board, board, notes, rounds: [...revealedRounds].reverse(), language: session?.language });
    this.#loading ??= import('../components/board-picture.js').then(({ BoardPicture }) => {
      this.#drawing = new BoardPicture();
      this.#picture.append(this.#drawing.element);
      this.#show();
    }, () => { this.#loading = null; });
    this.#show();
    return new Map(notes.map(({ id }, index) => [id, index + 1]));
  }

  #card(id, entry, may, hasColumns, number, phase) {
    const more = this.#context.more?.(id, entry, phase);
    const about = { text: excerpt(entry.text) };
    const canMove = may.cluster || (may.move && hasColumns);
    return {
      text: entry.text, paper: entry.paper, language: entry.language, author: entry.author, source: entry.source, mine: entry.mine, state: entry.pendingState, number,
      badges: [...(entry.mine ? [{ id: 'mine', text: t('participant.yours'), strong: true }] : []),
        ...(entry.shared && !entry.mine ? [{ id: 'shared', icon: 'people', text: t('participant.note.shared') }] : []), ...more?.badges ?? []],
      actions: [
        !entry.mine && mayEdit(entry, may) && { id: 'edit', label: t('participant.edit'), name: t('participant.editOf', about), icon: 'pencil', act: () => editNote(this.#context, id, entry.text) },
        canMove && { id: 'move', label: t('participant.move'), name: t('participant.moveOf', about), icon: 'move', act: () => this.#move(id, entry, may) },
        ...more?.actions ?? [],
      ].filter(Boolean),
    };
  }

  async #move(id, entry, may) {
    const { act, toast } = this.#context;
    const outline = this.#outlineNow;
    const clusters = may.cluster ? outline.columns.flatMap((column) => column.clusters) : [];
    const columns = may.move ? outline.columns.filter((column) => column.id !== null) : [];
    let picker = null;
    if (columns.length > MANY) {
      try {
        const { PlacePicker } = await import('./place-picker.js');
        picker = new PlacePicker({ label: t('participant.place') });
      } catch { return toast.show(refusalText('unavailable')); }
    }
    openSheet({
      title: t('participant.moveTitle'),
      body: (close) => [
        el('p', { class: 'quote', text: entry.text }),
        may.cluster && el('h3', { text: t('participant.toCluster') }),
        may.cluster && sheetList([
          ...clusters.filter((cluster) => cluster.id !== entry.cluster).map((cluster) => ({
            icon: 'stack', label: cluster.name || t('common.unnamedCluster'), act: () => act('notes.move', { notes: [id], cluster: cluster.id }),
          })),
          { icon: 'plus', label: t('participant.newCluster'), act: () => this.#newCluster([id]) },
          ...(entry.cluster ? [{ icon: 'back', label: t('participant.outOfCluster'), act: () => act('notes.move', { notes: [id], cluster: null }) }] : []),
        ], close),
        columns.length > 0 && el('h3', { text: t('participant.toColumn') }),
        picker && this.#placeForm(id, entry, outline.board, picker, close),
        columns.length > 0 && !picker && sheetList(columns.filter((column) => column.id !== entry.column)
          .map((column) => ({ icon: 'move', label: column.group ? `${column.group}: ${column.name}` : placeName(outline.board, column), act: () => act('notes.place', { notes: [id], column: column.id }) })), close),
      ],
    });
  }

  /** Many places are chosen as one chooses them when writing. */
  #placeForm(id, entry, board, picker, close) {
    picker.draw(board);
    picker.value = entry.column;
    return el('form', {
      class: 'stack', novalidate: true, onsubmit: (event) => {
        event.preventDefault();
        close();
        if (picker.value !== entry.column) this.#context.act('notes.place', { notes: [id], column: picker.value });
      },
    }, picker.element, el('button', { class: 'button button--primary', text: t('participant.move') }));
  }

  #newCluster(notes) {
    askText({
      title: t('participant.newCluster'), label: t('participant.clusterName'), value: '', maxlength: 80, button: t('participant.makeCluster'),
      done: (name) => this.#context.act('cluster.create', { name, notes }),
    });
  }

  #clusterActions(cluster, outline) {
    const { act } = this.#context;
    const name = cluster.name || t('common.unnamedCluster');
    const others = outline.columns.flatMap((column) => column.clusters).filter(({ id }) => id !== cluster.id);
    return [{
      id: 'more', label: t('participant.clusterActions'), name: t('participant.clusterActionsOf', { name }),
      act: () => openSheet({
        title: name,
        body: (close) => [
          sheetList([
            { icon: 'pencil', label: t('participant.clusterRename'), act: () => askText({
              title: t('participant.clusterRename'), label: t('participant.clusterName'), value: cluster.name, maxlength: 80, button: t('common.save'),
              done: (text) => act('cluster.rename', { cluster: cluster.id, name: text }),
            }) },
            { icon: 'back', label: t('participant.clusterDissolve'), act: () => act('cluster.dissolve', { cluster: cluster.id }) },
          ], close),
          others.length > 0 && el('h3', { text: t('participant.clusterMerge') }),
          others.length > 0 && sheetList(others.map((other) => ({
            icon: 'stack', label: other.name || t('common.unnamedCluster'), act: () => act('cluster.merge', { cluster: cluster.id, into: other.id }),
          })), close),
        ],
      }),
    }];
  }
}
