/** What everybody is to look at: the spotlight, a round, its result, the board. Loaded once one can write (view.js). */
import { el } from '../app/dom.js';
import { Ballot } from './ballot.js';
import { BoardView } from './board-view.js';
import { ResultsView } from './results-view.js';
import { Spotlight } from './spotlight.js';

/** One part made of four, in the order in which they matter. */
export class Wall {
  #board;
  #parts;

  /** @param {any} context @param {import('./composer.js').Composer} composer */
  constructor(context, composer) {
    this.#board = new BoardView(context, composer);
    this.#parts = [new Spotlight(context), new Ballot(context), new ResultsView(context), this.#board];
    this.element = el('div', { class: 'participant__wall' }, ...this.#parts.map(({ element }) => element));
  }

  draw(state) {
    for (const part of this.#parts) part.draw(state);
  }

  /** Puts one's own notes where they come on a narrow page: after what everybody is to look at now. @param {Element} mine */
  takeIn(mine) { this.#board.element.before(mine); }
}
