/** What the facilitator brings to every screen: one note, one cluster or one result. */
import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createNoteCard, updateNoteCard } from '../components/note-card.js';

export class SpotlightSection {
  #client;
  #title = el('h2', { class: 'section__title' });
  #note = createNoteCard('div');
  #name = el('p', { class: 'spotlight__name' });
  element = el('section', { class: 'section spotlight' }, this.#title, this.#note, this.#name);

  constructor(client) { this.#client = client; }

  draw() {
    const item = this.#client.get('spotlight')?.item;
    const note = item?.startsWith('n') ? this.#client.get(`note/${item}`) : undefined;
    const cluster = item?.startsWith('c') ? this.#client.get(`cluster/${item}`) : undefined;
    this.element.hidden = !note && !cluster;
    if (this.element.hidden) return;
    setText(this.#title, t('participant.spotlight'));
    this.#note.hidden = !note;
    this.#name.hidden = !cluster;
    if (note) updateNoteCard(this.#note, { text: note.text, paper: note.paper, language: note.language });
    if (cluster) setText(this.#name, cluster.name || t('common.unnamedCluster'));
  }
}
