/** Everybody's notes as an outline; with the ways to move and gather them when the phase lets participants do that. */
import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { buildOutline } from '../app/outline.js';
import { renderOutline } from '../components/board-outline.js';
import { excerpt } from '../components/note-card.js';
import { chooseColumn, chooseCluster, nameCluster } from './gather-dialogs.js';
import { editNote } from './edit-dialog.js';
import { withPendingNotes } from './optimism.js';
import { mayEdit } from './rules.js';

export class BoardSection {
  #tools;
  #title = el('h2', { class: 'section__title' });
  #about = el('p', { class: 'empty' });
  #outline = el('div');
  element = el('section', { class: 'section' }, this.#title, this.#about, this.#outline);

  constructor(tools) { this.#tools = tools; }

  draw(may, phase) {
    const { client } = this.#tools;
    const session = client.get('session');
    const notes = withPendingNotes(client.entries('note/'), client.pending).filter(({ key }) => client.get(key, 'room'));
    const clusters = client.entries('cluster/');
    const board = client.get(`board/${phase.board}`);
    const outline = buildOutline(phase.board, board, notes, clusters);
    const isPrivate = phase.visibility === 'own' && !phase.revealed;
    const total = client.get('totals')?.notes ?? 0;
    setText(this.#title, isPrivate && outline.count === 0 ? t('participant.others') : t('participant.board', { count: outline.count }));
    this.#about.hidden = outline.count > 0 || outline.columns.some((column) => column.clusters.length);
    setText(this.#about, isPrivate ? t('participant.boardPrivate', { count: total }) : t('participant.boardEmpty'));
    this.#outline.hidden = !this.#about.hidden;
    renderOutline(this.#outline, outline, {
      level: 3, language: session?.language,
      note: ({ id, entry }) => this.#card(id, entry, may, outline, board),
      clusterActions: may.cluster ? (cluster) => [{
        id: 'rename', label: t('gather.rename'), name: t('gather.renameNamed', { name: cluster.name }),
        act: () => nameCluster(cluster.name, (name) => this.#send('cluster.rename', { cluster: cluster.id, name })),
      }] : undefined,
    });
  }

  #card(id, entry, may, outline, board) {
    const about = excerpt(entry.text);
    const { client } = this.#tools;
    const clusters = outline.columns.flatMap((column) => column.clusters);
    const actions = [
      may.cluster && { id: 'gather', icon: 'move', label: t('gather.move'), name: t('gather.moveNamed', { text: about }), act: () => chooseCluster(clusters, entry.cluster, (choice) => this.#gather(id, choice)) },
      may.move && board?.columns?.length > 1 && { id: 'place', icon: 'move', label: t('gather.place'), name: t('gather.placeNamed', { text: about }), act: () => chooseColumn(board.columns, entry.column, (column) => this.#send('notes.place', { notes: [id], column })) },
      !entry.mine && mayEdit(entry, may) && { id: 'edit', icon: 'pencil', label: t('participant.edit'), name: t('participant.editNamed', { text: about }), act: () => editNote(entry.text, client.limits.noteCharacters, (text) => this.#send('note.edit', { note: id, text })) },
    ].filter(Boolean);
    const badges = entry.mine ? [{ id: 'mine', icon: 'star', text: t('participant.yours') }] : [];
    return { text: entry.text, paper: entry.paper, language: entry.language, source: entry.source, author: entry.author, mine: entry.mine, badges, actions };
  }

  #gather(note, choice) {
    if (choice.name !== undefined) return this.#send('cluster.create', { name: choice.name, notes: [note] });
    return this.#send('notes.move', { notes: [note], cluster: choice.cluster });
  }

  #send(type, members) {
    const { client, refused } = this.#tools;
    return client.send(type, members).catch((error) => refused(error.code));
  }
}
