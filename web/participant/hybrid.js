/** The list of speakers, and what a table's device does otherwise. Loaded when there is either (wall.js). */
import { el, loadStyles } from '../app/dom.js';
import { moreTexts } from '../app/i18n.js';
import { SpeakersPanel } from './speakers.js';
import { TableBanner, openTable } from './table.js';
import { TableBallot } from './table-ballot.js';

/** Made once for each page that is drawn. */
export class Hybrid {
  #context;
  #parts;
  #ballot;
  #hasAsked = false;

  /** @param {any} context @param {HTMLElement} wall */
  static async make(context, wall) {
    await Promise.all([moreTexts('hybrid'), loadStyles('/participant/hybrid.css')]);
    return new Hybrid(context, wall);
  }

  constructor(context, wall) {
    this.#context = context;
    const page = wall.closest('.participant');
    const panel = new SpeakersPanel(context);
    const banner = new TableBanner(context);
    this.#ballot = new TableBallot(context);
    this.#parts = [banner, panel, this.#ballot];
    page.querySelector('.dock').before(el('div', { class: 'hybrid' }, banner.element, panel.element));
    wall.prepend(this.#ballot.element);
  }

  draw(state) {
    for (const part of this.#parts) part.draw(state);
    // Asked once, as soon as there is an answer to give: who waits is no table yet.
    if (!this.#context.table || this.#hasAsked || !state.me.id || state.me.waits || this.#context.client.role !== 'participant') return;
    this.#hasAsked = true;
    this.#context.table = false;
    if (!state.me.heads) openTable(this.#context, state.me);
  }
}
