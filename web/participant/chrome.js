/** Parts that the start and the join page share: the wordmark and the choice of language. */
import { el } from '../app/dom.js';
import { availableLanguages, language, switchLanguage, t } from '../app/i18n.js';

/** @returns {HTMLElement} */
export function wordmark() {
  return el('p', { class: 'wordmark' }, el('img', { src: '/icons/samskap.svg', alt: '', width: '40', height: '40' }), 'Samskap');
}

/** A choice of language that takes effect at once. @returns {HTMLElement} */
export function languageChoice() {
  const group = el('fieldset', { class: 'languages' }, el('legend', { class: 'visually-hidden', text: t('common.language') }));
  for (const { tag, name } of availableLanguages()) {
    const input = el('input', { type: 'radio', name: 'interface-language', value: tag, onchange: () => switchLanguage(tag) });
    input.checked = tag === language();
    group.append(el('label', { class: 'languages__choice', lang: tag }, input, el('span', { text: name })));
  }
  return group;
}

/** @param {string} title shown on the tab */
export function setTitle(title) { document.title = title ? `${title} · Samskap` : 'Samskap'; }
