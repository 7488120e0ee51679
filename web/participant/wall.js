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
  #client;
  #loading;
  #isPart = false;
  #isHybrid = false;
  #latest = null;

  /** @param {any} context @param {import('./composer.js').Composer} composer */
  constructor(context, composer) {
    this.#client = context.client;
    this.#context = context;
    this.#board = new BoardView(context, composer);
    this.#parts = [new Spotlight(context), new Ballot(context), new ResultsView(context), this.#board];
    this.element = el('div', { class: 'participant__wall' }, ...this.#parts.map(({ element }) => element));
  }

  draw(state) {
    if (needsGroups(state)) this.#loadGroups();
    for (const part of this.#parts) part.draw(state);
    this.#latest = state;
    if (!this.#isPart && this.#client.get('part')) this.#joinProcess(state);
    if (!this.#isHybrid && (this.#client.get('speakers') || state.me.heads || this.#context.table)) this.#joinHybrid();
  }

  /** A list of speakers, or a table's device: few have either. When the line goes, it is tried again. */
  async #joinHybrid() {
    this.#isHybrid = true;
    try {
      const { Hybrid } = await import('./hybrid.js');
      const hybrid = await Hybrid.make(this.#context, this.element);
      this.#parts.push(hybrid);
      hybrid.draw(this.#latest);
    } catch { this.#isHybrid = false; }
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
      this.draw(this.#latest);
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
