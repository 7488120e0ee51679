import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { promise } from './rules.js';

const CLOSED_ICONS = { ended: 'check', locked: 'lock', 'input-closed': 'clock', reading: 'eye', observer: 'eye' };

/** What to do now, who will see it, and why nothing can be done when nothing can. */
export class TaskPanel {
  #context;
  #title = el('p', { class: 'task__session' });
  #instruction = el('p', { class: 'task__instruction' });
  #promise = el('p', { class: 'task__promise' });
  #closed = el('div', { class: 'banner', hidden: true });
  #offline = el('div', { class: 'banner banner--signal', hidden: true });
  #shown = '';
  element = el('section', { class: 'task', 'aria-label': t('participant.task') },
    this.#title, this.#instruction, this.#promise, this.#closed, this.#offline);

  constructor(context) { this.#context = context; }

  draw({ session, phase, may, pending }) {
    setText(this.#title, session?.title ?? '');
    setText(this.#instruction, phase.instruction);
    for (const element of [this.#title, this.#instruction]) element.lang = session?.language ?? '';
    this.#instruction.hidden = !phase.instruction;
    this.#drawPromise(phase, may);
    // In a break nothing is missing.
    this.#closed.hidden = !may.closed || phase.break && may.closed === 'reading';
    if (may.closed) this.#words(this.#closed, CLOSED_ICONS[may.closed], t(`participant.blocked.${may.closed}`));
    const isOffline = this.#context.client.status === 'waiting' && pending.length > 0;
    this.#offline.hidden = !isOffline;
    if (isOffline) this.#words(this.#offline, 'offline', t('participant.offline'));
  }

  #drawPromise(phase, may) {
    this.#promise.hidden = !may.add;
    if (!may.add) return;
    const seen = promise(phase);
    const text = `${t(`participant.promise.${seen}`)} ${t(`participant.anonymity.${phase.anonymity}`)}`;
    if (text === this.#shown) return;
    this.#shown = text;
    this.#promise.replaceChildren(icon(seen === 'own' ? 'hidden' : 'eye'), el('span', { text }));
  }

  #words(banner, symbol, text) {
    if (banner.textContent !== text) banner.replaceChildren(icon(symbol), el('p', { text }));
  }
}
