import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { openDialog } from './dialog.js';

const PATHS = { screen: 's', helper: 'h', observer: 'o' };

/** @param {string} role @returns {string} a whole address with the link's secret after `#` (G6) */
const address = (desk, role) => `${location.origin}/${PATHS[role]}/${desk.client.workshop}#${desk.client.links[role]}`;

/** The addresses for the room screen, helpers and observers: open or copy. */
export function openLinksDialog(desk) {
  const roles = Object.keys(PATHS).filter((role) => desk.client.links?.[role]);
  openDialog({
    title: t('console.links.title'), confirm: null, wide: true, submit: () => true,
    body: roles.length === 0 ? [el('p', { text: t('console.links.none') })] : [
      el('p', { class: 'soft', text: t('console.links.about') }),
      el('ul', { class: 'links', role: 'list' }, ...roles.map((role) => row(desk, role))),
      el('p', { class: 'banner' }, el('span', { text: t('console.links.keep') })),
    ],
  });
}

/** Opens the room screen in a window of its own, to be dragged onto the projector. */
export function openScreen(desk) {
  if (desk.client.links?.screen) open(address(desk, 'screen'), '_blank', 'noopener');
  else openLinksDialog(desk);
}

function row(desk, role) {
  const href = address(desk, role);
  const field = el('input', { class: 'input links__field', readonly: true, 'aria-label': t(`console.links.${role}`) });
  field.value = href;
  field.addEventListener('focus', () => field.select());
  const copy = el('button', {
    class: 'button button--small', type: 'button', text: t('console.links.copy'), 'aria-label': t('console.links.copy-of', { name: t(`console.links.${role}`) }),
    async onclick() {
      // Without https there is no clipboard to write to; the field is selected instead.
      try {
        await navigator.clipboard.writeText(href);
        copy.textContent = t('console.links.copied');
      } catch {
        field.focus();
        field.select();
      }
    },
  });
  return el('li', { class: 'links__row' },
    el('div', { class: 'links__words' }, el('strong', { text: t(`console.links.${role}`) }), el('span', { class: 'soft', text: t(`console.links.${role}-about`) })),
    field, el('div', { class: 'row' }, copy, el('a', {
      class: 'button button--small', href, target: '_blank', rel: 'noopener', text: t('console.links.open'), 'aria-label': t('console.links.open-of', { name: t(`console.links.${role}`) }),
    })));
}
