/** Ready to go on, and a raised hand: two switches, told to the facilitator as totals. */
import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { withPendingMe } from './optimism.js';

export class Signals {
  #tools;
  #ready;
  #hand;

  constructor(tools) {
    this.#tools = tools;
    const button = (symbol, type, member) => el('button', {
      type: 'button', class: 'button signal',
      onclick: ({ currentTarget }) => tools.client.send(type, { [member]: currentTarget.getAttribute('aria-pressed') !== 'true' })
        .catch((error) => tools.refused(error.code)),
    }, icon(symbol), el('span'));
    this.#ready = button('check', 'ready.set', 'ready');
    this.#hand = button('hand', 'hand.set', 'raised');
    this.element = el('div', { class: 'signals', role: 'group' }, this.#ready, this.#hand);
  }

  draw(may) {
    this.element.hidden = !may.signal;
    if (!may.signal) return;
    const me = withPendingMe(this.#tools.client.get('me') ?? {}, this.#tools.client.pending);
    setAttribute(this.element, 'aria-label', t('participant.signals'));
    setText(this.#ready.lastElementChild, t('participant.ready'));
    setText(this.#hand.lastElementChild, t('participant.hand'));
    setAttribute(this.#ready, 'aria-pressed', String(Boolean(me.ready)));
    setAttribute(this.#hand, 'aria-pressed', String(Boolean(me.raised)));
  }
}
