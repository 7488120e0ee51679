/** For somebody who is not, or not yet, among those who take part (protocol.md, W): what they wait for, and what they can do meanwhile. */
import { el } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

/** How long the welcome stays, in milliseconds. */
const WELCOME_STAYS = 10_000;

/**
 * Tells why one waits: instead of the workshop when nothing of it may be seen, else above it.
 *
 * @param {HTMLElement} page
 * @param {string | undefined} reason `approval`, `place` or `away`; `full` or `busy` when the server sends everybody away
 *   for a while; nothing when one does not wait (any more)
 */
export async function drawWaiting(page, reason) {
  await moreTexts('held');
  const old = page.querySelector('.waiting');
  if (old?.dataset.reason === (reason ?? '')) return;
  if (!reason) {
    const welcome = note('', 'check', t('held.waiting.in'));
    old?.replaceWith(welcome);
    setTimeout(() => welcome.remove(), WELCOME_STAYS);
    return;
  }
  const loading = page.querySelector('.loading');
  if (loading) loading.hidden = true;
  const fresh = note(reason, reason === 'place' ? 'eye' : 'clock', t(`held.waiting.${reason}`));
  if (old) old.replaceWith(fresh);
  else page.querySelector('.participant__task').prepend(fresh);
}

/** A live region is heard only when its text comes after it does. */
function note(reason, symbol, text) {
  const words = el('p');
  const element = el('div', { class: 'banner waiting', role: 'status', dataset: { reason } }, icon(symbol), words);
  requestAnimationFrame(() => { words.textContent = text; });
  return element;
}
