import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

/** What one must read now, such as a refusal. It stays until it is closed or another takes its place. */
export class Toast {
  #text = el('p');
  #box = el('div', { class: 'banner banner--signal toast', hidden: true }, icon('warning'), this.#text,
    el('button', { type: 'button', class: 'button button--quiet button--icon toast__close', onclick: () => this.hide() }, icon('close')));
  /** To be put on the page. The outer box is there before the words are, so that they are read out. */
  element = el('div', { class: 'toast-place', role: 'alert' }, this.#box);

  /** @param {string} text */
  show(text) {
    this.#box.querySelector('button').setAttribute('aria-label', t('common.close'));
    this.#text.textContent = text;
    this.#box.hidden = false;
  }

  hide() { this.#box.hidden = true; }
}
