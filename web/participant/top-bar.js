import { StatusLine } from '../components/status-line.js';
import { TimerDisplay } from '../components/timer-display.js';
import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

/** The slim top: where we are, how long it lasts, and whether we are connected. */
export class TopBar {
  #state = { me: {} };
  #position = el('span');
  #name = el('h1', { class: 'top__name' });
  #status;
  #timer;

  constructor(context) {
    const { client, live } = context;
    this.#status = new StatusLine(client);
    this.#timer = new TimerDisplay(() => client.now(), (moment) => live.announce(t(moment === 'ended' ? 'status.timeUp' : 'status.lastMinute')));
    this.element = el('header', { class: 'top' }, el('div', { class: 'top__inner' },
      el('div', { class: 'top__words' }, this.#name, el('p', { class: 'top__line' }, this.#position, this.#status.element)),
      this.#timer.element,
      el('button', { type: 'button', class: 'button button--quiet button--icon', 'aria-label': t('participant.menu'), 'aria-haspopup': 'dialog', onclick: () => import('./menu.js').then(({ openMenu }) => openMenu(context, this.#state)) }, icon('more'))));
  }

  draw(state) {
    const { session, phase, timer } = this.#state = state;
    setText(this.#name, phase.name);
    setText(this.#position, t('participant.position', { position: phase.position, count: phase.count }));
    this.#name.lang = session?.language ?? '';
    this.#timer.update(timer);
  }
}
