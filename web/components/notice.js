import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';

/** Long enough to read a sentence and reach the button, in milliseconds; hovering or focusing a notice keeps it. */
const STAYS = 12_000;
const MOST = 2;

/**
 * Shows a message with at most one thing to do about it. The place is a live region in the page, so it is read out.
 *
 * @param {HTMLElement} place
 * @param {{ text: string, kind?: 'refusal', topic?: string, action?: { label: string, act: () => void } }} message a newer message of the
 *   same `topic` takes the older one's place, since its way back no longer leads there
 */
export function showNotice(place, { text, kind, topic = text, action }) {
  for (const same of [...place.children].filter((notice) => notice.dataset.topic === topic)) same.remove();
  const close = () => notice.remove();
  const notice = el('div', { class: kind ? `notice notice--${kind}` : 'notice', dataset: { topic } },
    el('span', { class: 'notice__text', text }),
    action && el('button', { class: 'button button--small', type: 'button', text: action.label, onclick: () => { close(); action.act(); } }),
    el('button', { class: 'button button--quiet button--small button--icon', type: 'button', 'aria-label': t('console.close'), text: '✕', onclick: close }));
  place.append(notice);
  while (place.children.length > MOST) place.firstElementChild.remove();
  const leave = () => {
    if (notice.matches(':hover') || notice.contains(document.activeElement)) setTimeout(leave, 2000);
    else close();
  };
  setTimeout(leave, STAYS);
}
