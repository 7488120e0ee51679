import { formatSeconds, reading } from '../app/clock.js';
import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';

/**
 * The countdown: the server's deadline by the server's clock, so every screen turns at the same moment. It says when the
 * last minute begins and when time is up in words too; `role="timer"` keeps a screen reader from reading each second.
 */
export class TimerDisplay {
  #now;
  #onMoment;
  #tick = null;
  #timer = null;
  #last = null;
  #figures = el('span', { class: 'timer__figures numbers' });
  #words = el('span', { class: 'timer__words' });

  /**
   * @param {() => number} now the server's clock in milliseconds, such as `() => client.now()`
   * @param {(moment: 'last-minute' | 'ended') => void} [onMoment] once for each, when seen to happen
   */
  constructor(now, onMoment = () => {}) {
    this.#now = now;
    this.#onMoment = onMoment;
    /** To be put on the page; hidden while there is no timer. */
    this.element = el('p', { class: 'timer', role: 'timer', hidden: true }, this.#figures, this.#words);
  }

  /** @param {any} timer the `timer` entry, or undefined */
  update(timer) {
    if (timer !== this.#timer) this.#last = null;
    this.#timer = timer;
    this.#draw();
  }

  #draw = () => {
    clearTimeout(this.#tick);
    this.element.hidden = !this.#timer;
    if (!this.#timer) return;
    const now = this.#now();
    const { state, seconds, isLastMinute } = reading(this.#timer, now);
    setText(this.#figures, formatSeconds(seconds));
    setText(this.#words, state === 'ended' ? t('common.timer.ended') : state === 'paused' ? t('common.timer.paused')
      : isLastMinute ? t('common.timer.lastMinute') : '');
    setAttribute(this.element, 'data-state', isLastMinute ? 'last-minute' : state);
    setAttribute(this.element, 'aria-label', t('common.timer.label'));
    const moment = isLastMinute ? 'last-minute' : state;
    if (this.#last !== null && moment !== this.#last && (moment === 'last-minute' || moment === 'ended')) this.#onMoment(moment);
    this.#last = moment;
    // Wake just after the figure changes, not somewhere within the second.
    if (state === 'running') this.#tick = setTimeout(this.#draw, ((this.#timer.deadline - now) % 1000 + 1000) % 1000 + 5);
  };
}
