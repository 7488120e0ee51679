import { StatusLine } from '../components/status-line.js';
import { TimerDisplay } from '../components/timer-display.js';
import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { languageChoice } from './chrome.js';
import { askText, openSheet, sheetList } from './sheet.js';

/** The slim top: where we are, how long it lasts, and whether we are connected. */
export class TopBar {
  #context;
  #me = null;
  #session = null;
  #position = el('span');
  #name = el('h1', { class: 'top__name' });
  #status;
  #timer;

  constructor(context) {
    this.#context = context;
    const { client, live } = context;
    this.#status = new StatusLine(client);
    this.#timer = new TimerDisplay(() => client.now(), (moment) => live.announce(t(moment === 'ended' ? 'status.timeUp' : 'status.lastMinute')));
    this.element = el('header', { class: 'top' }, el('div', { class: 'top__inner' },
      el('div', { class: 'top__words' }, this.#name, el('p', { class: 'top__line' }, this.#position, this.#status.element)),
      this.#timer.element,
      el('button', { type: 'button', class: 'button button--quiet button--icon', 'aria-label': t('participant.menu'), 'aria-haspopup': 'dialog', onclick: () => this.#menu() }, icon('more'))));
  }

  draw({ session, phase, timer, me }) {
    this.#me = me;
    this.#session = session;
    setText(this.#name, phase.name);
    setText(this.#position, t('participant.position', { position: phase.position, count: phase.count }));
    this.#name.lang = session?.language ?? '';
    this.#timer.update(timer);
  }

  #menu() {
    const { client } = this.#context;
    const isMember = client.role === 'participant' || client.role === 'helper';
    openSheet({
      title: this.#session?.title ?? t('participant.menu'),
      body: (close) => [
        isMember && sheetList([
          { icon: 'pencil', label: t(this.#me.name ? 'participant.rename' : 'participant.giveName', { name: this.#me.name }), act: () => this.#rename() },
          { icon: 'check', label: t('participant.rules.title'), act: () => import('./house-rules.js').then(({ openHouseRules }) => openHouseRules()) },
          { icon: 'info', label: t('participant.held'), act: () => this.#held() },
          { icon: 'close', label: t('participant.leave'), act: () => this.#confirmLeave() },
        ], close),
        languageChoice(),
      ],
    });
  }

  async #held() {
    const { openHeld } = await import('./held.js');
    openHeld(this.#context.client, this.#context.client.get('retention'));
  }

  #rename() {
    askText({
      title: t('participant.yourName'), label: t('join.nameLabel'), value: this.#me.name ?? '', maxlength: 80, button: t('common.save'),
      done: (name) => this.#context.act('me.rename', { name }),
    });
  }

  #confirmLeave() {
    openSheet({
      title: t('participant.leaveTitle'),
      body: (close) => [el('p', { text: t('participant.leaveText') }), el('div', { class: 'dialog__actions' },
        el('button', { type: 'button', class: 'button button--danger', text: t('participant.leaveConfirm'), onclick: () => {
          this.#context.client.forget();
          location.assign('/');
        } }),
        el('button', { type: 'button', class: 'button', text: t('participant.stay'), onclick: close }))],
    });
  }
}
