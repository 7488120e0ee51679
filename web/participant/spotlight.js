import { createNoteCard, updateNoteCard } from '../components/note-card.js';
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

/** The one thing the facilitator has brought to every screen. A round is shown by its own results. */
export class Spotlight {
  #context;
  #body = el('div', { class: 'stack' });
  #shown = null;
  element = el('section', { class: 'spotlight', hidden: true, 'aria-labelledby': 'spotlight-title' },
    el('h2', { id: 'spotlight-title', class: 'spotlight__title' }, icon('spotlight'), t('participant.spotlight')), this.#body);

  constructor(context) { this.#context = context; }

  draw({ spotlight, session }) {
    const { client, live } = this.#context;
    const item = spotlight?.item;
    const note = item && client.get(`note/${item}`);
    const cluster = item && client.get(`cluster/${item}`);
    this.element.hidden = !note && !cluster;
    if (this.element.hidden) {
      this.#shown = null;
      return;
    }
    const cards = (note ? [note] : cluster.notes.map((id) => client.get(`note/${id}`)).filter(Boolean)).map((entry) => {
      const card = createNoteCard('div');
      updateNoteCard(card, { text: entry.text, paper: entry.paper, author: entry.author, source: entry.source, language: entry.language ?? session?.language });
      return card;
    });
    const key = JSON.stringify([item, note, cluster, cards.length]);
    if (key === this.#shown) return;
    if (this.#shown === null) live.announce(t('participant.spotlight'));
    this.#shown = key;
    this.#body.replaceChildren(...(cluster ? [el('h3', { text: cluster.name || t('common.unnamedCluster') })] : []), el('div', { class: 'notes' }, ...cards));
  }
}
