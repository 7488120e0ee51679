/** One's own notes, each with where it is: not sent, being sent, private, on the board, held back. */
import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createNoteCard, excerpt, updateNoteCard } from '../components/note-card.js';
import { editNote } from './edit-dialog.js';
import { unsentNotes, withPendingNotes } from './optimism.js';
import { mayEdit } from './rules.js';

export class MyNotes {
  #tools;
  #composer;
  #title = el('h2', { class: 'section__title' });
  #list = el('ul', { class: 'notes', role: 'list' });
  #empty = el('p', { class: 'empty' });
  element = el('section', { class: 'section' }, this.#title, this.#list, this.#empty);

  constructor(tools, composer) {
    this.#tools = tools;
    this.#composer = composer;
  }

  draw(may, phase) {
    const { client } = this.#tools;
    const all = client.entries('note/');
    const mine = withPendingNotes(all, client.pending).filter(({ entry }) => entry.mine && entry.board === phase.board);
    const unsent = unsentNotes(client.pending, all);
    const count = mine.length + unsent.length;
    this.element.hidden = client.role === 'observer' || (count === 0 && !may.add);
    setText(this.#title, t('participant.mine', { count }));
    this.#empty.hidden = count > 0;
    setText(this.#empty, t('participant.mineEmpty'));
    // The newest first: it is the one just written. A note keeps its card when it arrives, by its counter.
    const cards = [...mine.map((item) => this.#sent(item, may, phase)), ...unsent.map((item) => this.#unsent(item))].reverse();
    reconcile(this.#list, cards, {
      key: ({ key }) => key,
      create: () => createNoteCard('li'),
      update: (card, { model }) => updateNoteCard(card, model),
    });
  }

  #unsent({ id, entry, state }) {
    return { key: id, model: { ...entry, state, badges: [{ id: 'state', icon: 'offline', text: t(`participant.state.${state}`), strong: state === 'unsent' }] } };
  }

  #sent({ id, entry }, may, phase) {
    const about = excerpt(entry.text);
    const { client, refused } = this.#tools;
    const send = (type, members) => client.send(type, { note: id, ...members }).catch((error) => refused(error.code));
    const actions = [
      mayEdit(entry, may) && { id: 'edit', icon: 'pencil', label: t('participant.edit'), name: t('participant.editNamed', { text: about }), act: () => editNote(entry.text, client.limits.noteCharacters, (text) => send('note.edit', { text })) },
      may.share && !entry.shared && entry.visible && { id: 'share', icon: 'people', label: t('participant.share'), name: t('participant.shareNamed', { text: about }), act: () => send('note.share') },
      may.withdraw && { id: 'withdraw', icon: 'back', label: t('participant.withdraw'), name: t('participant.withdrawNamed', { text: about }), act: () => { if (phase.inputClosed || confirm(t('participant.withdrawSure'))) send('note.withdraw'); } },
    ].filter(Boolean);
    const state = entry.pendingState ?? (entry.publication === 'redacted' ? 'redacted' : entry.publication === 'held' ? 'held' : entry.visible ? 'shown' : 'private');
    const symbols = { unsent: 'offline', sending: 'clock', redacted: 'hidden', held: 'clock', shown: 'eye', private: 'lock' };
    const badges = [{ id: 'state', icon: symbols[state], text: t(`participant.state.${state}`) }];
    if (entry.reason) badges.push({ id: 'reason', text: t(`participant.reason.${entry.reason}`) });
    if (entry.shared) badges.push({ id: 'shared', icon: 'people', text: t('participant.shared') });
    return { key: `${entry.ref}`, model: { text: entry.text, paper: entry.paper, language: entry.language, source: entry.source, mine: true, state, badges, actions } };
  }
}
