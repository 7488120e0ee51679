/** Of a workshop that is part of a process (protocol.md, Q): until when one can write, and that the work goes on afterwards. */
import { formatDate } from '../app/dates.js';
import { el, loadStyles } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { openBecame } from './became.js';

export class PartOf {
  #client;
  #shown = '';
  element = el('div', { hidden: true });

  /** @param {import('../app/workshop-client.js').WorkshopClient} client */
  constructor(client) { this.#client = client; }

  async draw({ session }) {
    const part = this.#client.get('part');
    const what = session?.ended || part?.closed ? 'over' : part?.closesAt ? `until ${part.closesAt}` : '';
    if (what === this.#shown) return;
    this.#shown = what;
    await Promise.all([moreTexts('became'), loadStyles('/participant/became.css')]);
    if (what !== this.#shown) return;
    this.element.hidden = what === '';
    if (what === 'over') this.element.replaceChildren(offer(this.#client, t('became.ended')));
    else if (what) this.element.replaceChildren(el('p', { class: 'became-until', text: t('became.until', { date: formatDate(part.closesAt) }) }));
  }
}

/** A way to what became of one's notes. @param {import('../app/workshop-client.js').WorkshopClient} client @param {string} [words] before it */
export const offer = (client, words) => el('section', { class: 'became-offer' }, words && el('p', { text: words }),
  el('button', { type: 'button', class: 'button button--primary', text: t('became.button'), onclick: () => openBecame(client) }));
