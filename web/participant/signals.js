import { el, setAttribute } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

/** Two signals to the facilitator: ready to go on, and a raised hand. */
export class Signals {
  #context;
  #me = {};
  #ready = el('button', { type: 'button', class: 'button signal', onclick: () => this.#context.act('ready.set', { ready: !this.#me.ready }) },
    icon('check'), el('span', { text: t('participant.ready') }));
  #hand = el('button', { type: 'button', class: 'button signal', onclick: () => this.#context.act('hand.set', { raised: !this.#me.raised }) },
    icon('hand'), el('span', { text: t('participant.hand') }));
  element = el('div', { class: 'signals', role: 'group', 'aria-label': t('participant.signals'), hidden: true }, this.#ready, this.#hand);

  constructor(context) { this.#context = context; }

  draw({ may, me }) {
    this.#me = me;
    this.element.hidden = !may.signal;
    setAttribute(this.#ready, 'aria-pressed', String(me.ready === true));
    setAttribute(this.#hand, 'aria-pressed', String(me.raised === true));
  }
}
