import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';

/** How long a lost line may pass without a word, in milliseconds: most come back before anybody need know. */
const GRACE = 1_500;

/**
 * Says in words how the connection is, and what waits to be sent.
 */
export class StatusLine {
  #client;
  #text = el('span');
  #shown = 'connecting';
  #timer = null;
  /** To be put on the page. */
  element = el('p', { class: 'status', role: 'status' }, el('span', { class: 'status__dot', 'aria-hidden': 'true' }), this.#text);

  /** @param {import('../app/workshop-client.js').WorkshopClient} client */
  constructor(client) {
    this.#client = client;
    client.addEventListener('status', () => this.#changed());
    client.addEventListener('change', ({ detail }) => detail.has('pending') && this.draw());
    this.#changed();
  }

  #changed() {
    clearTimeout(this.#timer);
    const { status } = this.#client;
    const wait = status === 'waiting' && this.#shown === 'live' ? GRACE : 0;
    this.#timer = setTimeout(() => {
      this.#shown = status;
      this.draw();
    }, wait);
  }

  /** Writes the words anew, as after a change of language. */
  draw() {
    const waiting = this.#client.pending.length;
    setAttribute(this.element, 'data-status', this.#shown);
    setText(this.#text, this.#shown === 'waiting' && waiting ? t('status.waitingWithUnsent', { count: waiting }) : t(`status.${this.#shown}`));
  }
}
