/** Who works on the process: everybody with a link of their own, which can be taken back alone. */
import { el } from '../app/dom.js';
import { makeSecret } from '../app/identity.js';
import { t } from '../app/i18n.js';
import { confirmDialog, openDialog } from '../console/dialog.js';
import { textField } from '../console/fields.js';
import { isOwner } from './server.js';

const address = (desk, secret) => `${location.origin}/p/${desk.client.workshop}#${secret}`;

export function openPeople(desk) {
  const list = el('ul', { class: 'people', role: 'list' });
  const made = el('div', { class: 'stack' });
  const fill = () => {
    const links = desk.state.cofacilitators;
    list.replaceChildren(...(links.length > 0 ? links.map(({ id, entry }) => el('li', { class: 'people__row' },
      el('span', { class: 'people__who' }, el('span', { class: 'people__name', text: entry.name }), el('span', { class: 'soft people__facts', text: t('process.team.co') })),
      isOwner(desk) && el('span', { class: 'people__acts' }, el('button', {
        class: 'button button--small', type: 'button', text: t('process.team.revoke'), 'aria-label': t('process.team.revokeOf', { name: entry.name }),
        onclick: () => confirmDialog({ title: t('process.team.revokeTitle', { name: entry.name }), text: t('process.team.revokeText'), confirm: t('process.team.revoke'), act: () => desk.client.send('link.revoke', { link: id }) }),
      })))) : [el('li', { class: 'empty', text: t('process.team.none') })]));
  };
  fill();
  // Only who came by the owner's link may give and take links.
  const owns = isOwner(desk);
  const dialog = openDialog({
    title: t('process.team.title'), confirm: owns ? t('process.team.add') : null, wide: true,
    body: [
      el('p', { class: 'soft', text: t(owns ? 'process.team.about' : 'process.team.owners') }), list, made,
      owns && textField({ name: 'name', label: t('process.team.name'), hint: t('process.team.nameHint'), maxlength: 80 }),
      ...roleLinks(desk),
    ],
    submit: async (form) => {
      const name = form.elements.name.value.trim();
      if (!name) {
        dialog.say(t('process.team.nameless'));
        return false;
      }
      const secret = makeSecret();
      await desk.client.send('link.add', { name, link: secret });
      form.elements.name.value = '';
      made.prepend(linkRow(t('process.team.linkOf', { name }), t('process.team.once'), address(desk, secret)));
      made.querySelector('input').focus();
      return false;
    },
  });
  desk.client.addEventListener('change', fill);
  dialog.dialog.addEventListener('close', () => desk.client.removeEventListener('change', fill));
}

/** The links that stand: known only to who came with the owner's. */
function roleLinks(desk) {
  const links = desk.client.links ?? {};
  return ['helper', 'observer'].filter((role) => links[role]).map((role) => linkRow(t(`process.team.${role}`), t(`process.team.${role}-about`), address(desk, links[role])));
}

function linkRow(name, about, href) {
  const field = el('input', { class: 'input links__field', readonly: true, 'aria-label': name, value: href, onfocus: ({ target }) => target.select() });
  const copy = el('button', { class: 'button button--small', type: 'button', text: t('console.links.copy'), 'aria-label': t('console.links.copy-of', { name }), async onclick() {
    // Without https there is no clipboard to write to; the field is selected instead.
    try {
      await navigator.clipboard.writeText(href);
      copy.textContent = t('console.links.copied');
    } catch {
      field.focus();
    }
  } });
  return el('div', { class: 'links__row' }, el('div', { class: 'links__words' }, el('strong', { text: name }), el('span', { class: 'soft', text: about })), field, el('div', { class: 'row' }, copy));
}
