/** The way in: a QR code, the code in two groups, and the address in words. On the console and on the room screen. */
import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';

/** @param {string} code six letters @returns {string} `KRT-MPX` */
export const groupedCode = (code) => `${code.slice(0, 3)}-${code.slice(3)}`;

/** Letters with spaces, so that a screen reader spells them. */
const spelled = (code) => [...code].join(' ');

/** @returns {{ element: HTMLElement, render: (door: { code: string, open: boolean } | undefined) => void }} */
export function createJoinCard() {
  const image = /** @type {HTMLImageElement} */ (el('img', { class: 'join__qr', width: 300, height: 300 }));
  const code = el('p', { class: 'join__code' });
  const shown = el('span', { 'aria-hidden': 'true' });
  const read = el('span', { class: 'visually-hidden' });
  code.append(shown, read);
  const where = el('p', { class: 'join__where' });
  const address = el('span', { class: 'join__address', text: location.host });
  where.append(el('span', { text: t('join.go-to') }), ' ', address, ' ', el('span', { text: t('join.type') }));
  const way = el('div', { class: 'join__way' }, image, el('div', { class: 'join__words' }, where, code));
  const closed = el('p', { class: 'join__closed', text: t('join.closed') });
  const element = el('div', { class: 'join' }, way, closed);
  return {
    element,
    render(door) {
      const open = Boolean(door?.open);
      way.hidden = !open;
      closed.hidden = open;
      element.classList.toggle('join--closed', !open);
      if (!open) {
        // A closed door's code is nowhere on the page.
        image.removeAttribute('src');
        image.alt = '';
        setText(shown, '');
        setText(read, '');
        return;
      }
      setText(shown, groupedCode(door.code));
      setText(read, spelled(door.code));
      setAttribute(image, 'src', `/qr/${door.code}.svg`);
      setAttribute(image, 'alt', t('join.qr', { code: groupedCode(door.code), address: location.host }));
    },
  };
}
