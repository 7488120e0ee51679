import { el } from '../app/dom.js';
import { makeSecret } from '../app/identity.js';
import { t } from '../app/i18n.js';
import { confirmDialog, openDialog } from './dialog.js';

/** Those that follow from the facilitator's. */
const PATHS = { screen: 's', helper: 'h', observer: 'o' };

/** @param {string} role @returns {string} a whole address with the link's secret after `#` (G6) */
const address = (desk, role) => `${location.origin}/${PATHS[role]}/${desk.client.workshop}#${desk.client.links[role]}`;

/** The addresses for the room screen, helpers and observers: open, copy or replace. The own one is only replaced. */
export function openLinksDialog(desk) {
  const about = el('p', { class: 'soft' });
  const list = el('ul', { class: 'links', role: 'list' });
  const fill = () => {
    const roles = Object.keys(PATHS).filter((role) => desk.client.links?.[role]);
    about.textContent = t(roles.length ? 'console.links.about' : 'console.links.none');
    list.replaceChildren(...roles.map((role) => row(desk, role)), ownRow(desk));
  };
  fill();
  const { dialog } = openDialog({
    title: t('console.links.title'), confirm: null, wide: true, submit: () => true,
    body: [about, list, el('p', { class: 'banner' }, el('span', { text: t('console.links.keep') }))],
  });
  desk.client.addEventListener('links', fill);
  dialog.addEventListener('close', () => desk.client.removeEventListener('links', fill));
}

/** The facilitator's own link stands in the page's address. */
const ownRow = (desk) => el('li', { class: 'links__row' },
  words('facilitator'), el('div', { class: 'row' }, replaceButton(desk, 'facilitator')));

const words = (role) => el('div', { class: 'links__words' },
  el('strong', { text: t(`console.links.${role}`) }), el('span', { class: 'soft', text: t(`console.links.${role}-about`) }));

/** A new secret makes all links new (K2); the others are made new from the one that holds. */
const replaceButton = (desk, role) => el('button', {
  class: 'button button--small', type: 'button', text: t('console.links.replace'),
  'aria-label': t('console.links.replace-of', { name: t(`console.links.${role}`) }),
  onclick: () => confirmDialog({
    title: t('console.links.replace-title', { name: t(`console.links.${role}`) }),
    text: t(role === 'facilitator' ? 'console.links.replace-all' : 'console.links.replace-text'),
    confirm: t('console.links.replace'),
    act: () => desk.client.send('link.replace', { role, link: role === 'facilitator' ? makeSecret() : desk.link }),
  }),
});

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
    words(role), field, el('div', { class: 'row' }, copy, el('a', {
      class: 'button button--small', href, target: '_blank', rel: 'noopener', text: t('console.links.open'), 'aria-label': t('console.links.open-of', { name: t(`console.links.${role}`) }),
    }), replaceButton(desk, role)));
}
