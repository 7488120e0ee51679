import { createNoteCard, excerpt, updateNoteCard } from '../components/note-card.js';
import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { unsentNotes } from './optimism.js';
import { mayEdit } from './rules.js';

/** What one may do with a note; loaded with the wall, or when asked for. */
const acts = () => import('./note-acts.js');

/** One's own notes on the board: what state each is in, and what one may do with it. Newest first. */
export class MyNotes {
  #context;
  /** Which command of this page became the note with a `ref`. */
  #commands = new Map();
  #title = el('h2', {}, el('span', { text: t('participant.mine') }), el('span', { class: 'count numbers', 'aria-hidden': 'true' }));
  #list = el('ul', { class: 'notes', role: 'list' });
  #empty = el('p', { class: 'empty', text: t('participant.mineEmpty') });
  element = el('section', { class: 'mine', hidden: true }, this.#title, this.#empty, this.#list);

  constructor(context) { this.#context = context; }

  draw(state) {
    const { phase, board, notes, serverNotes, pending, may, role } = state;
    const unsent = unsentNotes(pending, serverNotes);
    const own = notes.filter(({ entry }) => entry.mine && entry.board === phase.board);
    // A note keeps its card when it arrives: before and after, it is the note of the same command.
    for (const { pending: command } of unsent) if (command.ref !== null) this.#commands.set(command.ref, command.id);
    const shown = [...own.map((item) => ({ ...item, key: this.#commands.get(item.entry.ref) ?? item.id })),
      ...unsent.map((item) => ({ ...item, key: item.id }))].reverse();
    this.element.hidden = role === 'observer' || (shown.length === 0 && !may.add);
    this.#empty.hidden = shown.length > 0;
    setText(this.#title.lastElementChild, String(shown.length));
    this.#title.lastElementChild.hidden = shown.length === 0;
    reconcile(this.#list, shown, {
      key: ({ key }) => key,
      create: () => createNoteCard('li'),
      update: (card, item) => updateNoteCard(card, this.#card(item, state, board)),
    });
  }

  #card({ id, entry, state: waiting }, { may, session, phase }, board) {
    const place = board?.columns.find((column) => column.id === entry.column);
    const badges = place ? [{ id: 'place', text: place.group ? `${place.group}: ${place.name}` : place.name }] : [];
    const sending = waiting ?? entry.pendingState;
    const status = sending ?? (entry.publication === 'redacted' ? 'redacted' : entry.publication === 'held' ? 'held' : entry.visible ? 'visible' : 'private');
    const icons = { unsent: 'offline', sending: 'send', held: 'clock', redacted: 'hidden', private: 'lock', visible: 'eye' };
    if (status === 'redacted') badges.push({ id: 'state', icon: icons.redacted, strong: true, text: t('participant.note.redacted', { reason: t(`common.reason.${entry.reason ?? 'other'}`) }) });
    else if (status !== 'visible' || phase.visibility === 'own') badges.push({ id: 'state', icon: icons[status], strong: sending !== undefined, text: t(`participant.note.${status}`) });
    badges.push(...this.#context.more?.(id, entry, phase).badges ?? []);
    if (entry.shared) badges.push({ id: 'shared', icon: 'people', text: t('participant.note.shared') });
    return {
      text: entry.text, paper: entry.paper ?? place?.paper, mine: true, badges,
      language: entry.language ?? session?.language, source: entry.source, state: status, actions: waiting ? [] : this.#actions(id, entry, may, phase),
    };
  }

  #actions(id, entry, may, phase) {
    const about = { text: excerpt(entry.text) };
    return [
      mayEdit(entry, may) && { id: 'edit', label: t('participant.edit'), name: t('participant.editOf', about), icon: 'pencil', act: () => acts().then(({ editNote }) => editNote(this.#context, id, entry.text)) },
      may.withdraw && { id: 'withdraw', label: t('participant.withdraw'), name: t('participant.withdrawOf', about), icon: 'back', act: () => acts().then(({ withdrawNote }) => withdrawNote(this.#context, id, entry.text)) },
      ...this.#context.more?.(id, entry, phase).actions ?? [],
      may.share && !may.editAny && phase.rhythm !== 'individual' && entry.visible && !entry.shared && { id: 'share', label: t('participant.share'), name: t('participant.shareOf', about), icon: 'people', act: () => acts().then(({ shareNote }) => shareNote(this.#context, id)) },
    ].filter(Boolean);
  }
}
