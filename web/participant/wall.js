/** What everybody is to look at: the spotlight, a round, its result, the board. Loaded once one can write (view.js). */
import './menu.js';
import { el } from '../app/dom.js';
import { Ballot } from './ballot.js';
import { BoardView } from './board-view.js';
import { ResultsView } from './results-view.js';
import { Spotlight } from './spotlight.js';

/** One part made of four, in the order in which they matter. */
export class Wall {
  #board;
  #context;
  #parts;
  #last;
  #loading;
  #isPart = false;

  /** @param {any} context @param {import('./composer.js').Composer} composer */
  constructor(context, composer) {
    this.#context = context;
    this.#board = new BoardView(context, composer);
    this.#parts = [new Spotlight(context), new Ballot(context), new ResultsView(context), this.#board];
    this.element = el('div', { class: 'participant__wall' }, ...this.#parts.map(({ element }) => element));
  }

  draw(state) {
    this.#last = state;
    if (needsGroups(state)) this.#loadGroups();
    for (const part of this.#parts) part.draw(state);
    if (!this.#isPart && this.#context.client.get('part')) this.#joinProcess(state);
  }

  /** The workshop is part of a process: there is more to say. */
  async #joinProcess(state) {
    this.#isPart = true;
    const { PartOf } = await import('./part-of.js');
    const part = new PartOf(this.#context.client);
    this.element.prepend(part.element);
    this.#parts.push(part);
    part.draw(state);
  }

  #loadGroups() {
    this.#loading ??= import('./groups.js').then(async ({ Groups }) => {
      const groups = await Groups.make(this.#context);
      this.#parts.unshift(groups);
      this.element.prepend(groups.element);
      this.draw(this.#last);
    }).catch(() => { this.#loading = null; });
  }

  /**
   * Puts one's own notes where they come on a narrow page: before the board while one writes, else after it.
   *
   * @param {Element} mine
   * @param {boolean} isWriting
   */
  takeIn(mine, isWriting) {
    const board = this.#board.element;
    if (isWriting && board.previousElementSibling !== mine) board.before(mine);
    else if (!isWriting && board.nextElementSibling !== mine) board.after(mine);
  }
}

/** Most workshops do without. */
const needsGroups = ({ phase, notes }) => phase.grouping || phase.advances || notes.some(({ entry }) => entry.group);
