import { el } from '../app/dom.js';
import { makeSecret } from '../app/identity.js';
import { t } from '../app/i18n.js';
import { confirmDialog, openDialog } from './dialog.js';

/** Those that follow from the facilitator's. */
const PATHS = { screen: 's', helper: 'h', observer: 'o' };

/** @param {string} role @returns {string} a whole address with the link's secret after `#` (G6) */
const address = (desk, role) => `${location.origin}/${PATHS[role]}/${desk.client.workshop}#${desk.client.links[role]}`;

/**
 * The addresses for the room screen, helpers and observers: open, copy or replace. The own one is copied or replaced, but not
 * shown: it gives everything, and the laptop may be on the projector.
 */
export function openLinksDialog(desk) {
  const about = el('p', { class: 'soft' });
  const list = el('ul', { class: 'links', role: 'list' });
  const done = el('p', { class: 'soft', role: 'status' });
  let replaced = null;
  const fill = () => {
    const roles = Object.keys(PATHS).filter((role) => desk.client.links?.[role]);
    about.textContent = t(roles.length ? 'console.links.about' : 'console.links.none');
    const replace = (role) => askToReplace(desk, role, () => { replaced = role; });
    list.replaceChildren(...[...roles, 'facilitator'].map((role) => row(desk, role, replace)));
  };
  const told = () => {
    fill();
    // Told before the question closes, which gives the focus back to a button that is no more.
    if (replaced) done.textContent = t('console.links.replaced', { name: t(`console.links.${replaced}`) });
  };
  fill();
  const { dialog } = openDialog({
    title: t('console.links.title'), confirm: null, wide: true, submit: () => true,
    body: [el('div', {}, about, done), list, el('p', { class: 'banner' }, el('span', { text: t('console.links.keep') }))],
  });
  const closed = () => {
    if (dialog.contains(document.activeElement) || !replaced) return;
    list.querySelector(`[data-replaces="${replaced}"]`)?.focus();
  };
  desk.client.addEventListener('links', told);
  document.addEventListener('console:closed', closed);
  dialog.addEventListener('close', () => {
    desk.client.removeEventListener('links', told);
    document.removeEventListener('console:closed', closed);
  });
}

/** A new secret makes all links new (K2); the others are made new from the one that holds. */
const askToReplace = (desk, role, done) => confirmDialog({
  title: role === 'facilitator' ? t('console.links.replace-all-title') : t('console.links.replace-title', { name: t(`console.links.${role}`) }),
  text: t(role === 'facilitator' ? 'console.links.replace-all' : 'console.links.replace-text'),
  confirm: t('console.links.replace'),
  act: () => {
    done();
    return desk.client.send('link.replace', { role, link: role === 'facilitator' ? makeSecret() : desk.link });
  },
});

/** Opens the room screen in a window of its own, to be dragged onto the projector. */
export function openScreen(desk) {
  if (desk.client.links?.screen) open(address(desk, 'screen'), '_blank', 'noopener');
  else openLinksDialog(desk);
}

function row(desk, role, replace) {
  const name = t(`console.links.${role}`);
  const isOwn = role === 'facilitator';
  const href = isOwn ? `${location.origin}${location.pathname}#${desk.link}` : address(desk, role);
  const field = !isOwn && el('input', { class: 'input links__field', readonly: true, 'aria-label': name, value: href, onfocus: ({ target }) => target.select() });
  const copy = el('button', {
    class: 'button button--small', type: 'button', text: t('console.links.copy'), 'aria-label': t('console.links.copy-of', { name }),
    async onclick() {
      // Without https there is no clipboard to write to; the field is selected instead.
      try {
        await navigator.clipboard.writeText(href);
        copy.textContent = t('console.links.copied');
      } catch {
        if (field) field.focus();
      }
    },
  });
  return el('li', { class: 'links__row' },
    el('div', { class: 'links__words' }, el('strong', { text: name }), el('span', { class: 'soft', text: t(`console.links.${role}-about`) })),
    field,
    el('div', { class: 'row' },
      (field || (desk.client.links && isSecureContext)) && copy,
      field && el('a', { class: 'button button--small', href, target: '_blank', rel: 'noopener', text: t('console.links.open'), 'aria-label': t('console.links.open-of', { name }) }),
      el('button', {
        class: 'button button--small', type: 'button', text: t('console.links.replace'), dataset: { replaces: role },
        'aria-label': t('console.links.replace-of', { name }), onclick: () => replace(role),
      })));
}
