import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { formatSeconds } from '../app/clock.js';
import { speakerNumber, speaking } from '../app/speakers.js';

/** @param {import('../app/speakers.js').Line} line @returns {string} the name, or where from and a number */
export const speakerName = (line) => line.name || t(`hybrid.person.${line.via}`, { number: String(speakerNumber(line)) });

/** @param {import('../app/speakers.js').Line} line @returns {string} what is said beside the name: kind, where from, put in by hand */
export const speakerFacts = (line) => [t(`hybrid.kind.${line.kind}`), t(`hybrid.via.${line.via}`), line.proxy && t('hybrid.proxy')].filter(Boolean).join(' · ');

/** Counts a turn down, and softly up again when it is over; without a limit it counts up. `role="timer"` is not read each second. */
export class SpeakerClock {
  #now;
  #tick = null;
  #current = null;
  #figures = el('span', { class: 'speakclock__figures numbers' });
  #words = el('span', { class: 'speakclock__words' });
  element = el('p', { class: 'speakclock', role: 'timer', hidden: true }, this.#figures, this.#words);

  /** @param {() => number} now the server's clock */
  constructor(now) { this.#now = now; }

  /** @param {any} current of the `speakers` entry, or undefined */
  update(current) {
    this.#current = current ?? null;
    this.#draw();
  }

  #draw = () => {
    clearTimeout(this.#tick);
    this.element.hidden = !this.#current;
    if (!this.#current) return;
    const { seconds, isOver } = speaking(this.#current, this.#now());
    setText(this.#figures, `${isOver ? '+' : ''}${formatSeconds(seconds)}`);
    setText(this.#words, isOver ? t('hybrid.time.over') : this.#current.seconds ? t('hybrid.time.left') : '');
    setAttribute(this.element, 'data-over', isOver);
    setAttribute(this.element, 'aria-label', t('hybrid.time.label'));
    this.#tick = setTimeout(this.#draw, 1000 - ((this.#now() - this.#current.since) % 1000 + 1000) % 1000 + 5);
  };
}
