/** Instead of the workshop, once the server has said for good that one is not in it (protocol.md, close codes). */
import { el } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { setTitle, wordmark } from './chrome.js';
import { openHeld } from './held.js';

const REASONS = ['removed', 'replaced', 'full', 'ended', 'erased', 'gone'];

/** @param {HTMLElement} root @param {import('../app/workshop-client.js').WorkshopClient} client */
export async function showClosed(root, client) {
  await moreTexts('held');
  const reason = REASONS.includes(client.closeReason) ? client.closeReason : 'not-found';
  setTitle('');
  const heading = el('h1', { tabindex: '-1', text: t(`held.closed.${reason}.title`) });
  root.replaceChildren(el('main', { class: 'welcome', id: 'main' }, wordmark(),
    el('section', { class: 'stack welcome__form' }, heading, el('p', { text: t(`held.closed.${reason}.text`) }),
      // Who was taken out cannot come back, but can still see what is held, and have it erased.
      reason === 'removed' ? el('button', { type: 'button', class: 'button button--large', text: t('held.button'), onclick: () => openHeld(client) })
        : el('a', { class: 'button button--primary button--large', href: '/' }, icon('home'), t('participant.toStart')))));
  // Who was in once may still see what became of their notes.
  if (['removed', 'ended', 'full'].includes(reason) && client.isKnown) {
    Promise.all([import('./part-of.js'), moreTexts('became')]).then(([{ offer }]) => root.querySelector('.welcome__form')?.append(offer(client)));
  }
  heading.focus();
}
