import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';

/** At most one summary in this many milliseconds. */
const INTERVAL = 10_000;

/**
 * The page's one polite live region. What others do is summed up («3 nye lapper»); what one did oneself, or must know, is
 * said at once.
 */
export class LiveRegion {
  #counts = new Map();
  #timer = null;
  #lastSummary = -Infinity;
  /** To be put on the page, once, before anything is announced. */
  element = el('div', { class: 'visually-hidden', 'aria-live': 'polite', 'aria-atomic': 'true' });

  /** Says something now. @param {string} text */
  announce(text) {
    // The same words twice would not be a change; a trailing space makes them one.
    this.element.textContent = this.element.textContent === text ? `${text}\u00A0` : text;
  }

  /**
   * Counts something for the next summary.
   *
   * @param {string} key of a text with `count`, such as `status.newNotes`
   * @param {number} [count]
   */
  count(key, count = 1) {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    if (this.#timer !== null) return;
    const wait = Math.max(600, this.#lastSummary + INTERVAL - Date.now());
    this.#timer = setTimeout(() => this.#summarize(), wait);
  }

  #summarize() {
    this.#timer = null;
    this.#lastSummary = Date.now();
    const said = [...this.#counts].map(([key, count]) => t(key, { count }));
    this.#counts.clear();
    this.announce(said.join('. '));
  }
}
