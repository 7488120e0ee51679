import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createActionMenu } from '../components/action-menu.js';
import { icon } from '../icons/icon.js';
import { confirmDialog, openDialog } from './dialog.js';
import { textField } from './fields.js';
import { coverage } from './group-model.js';
import { personName } from './person-name.js';

/** Who is in which group, how much each has written, and everything one may do about it; kept up to date while it is open. */
export function openGroupsDialog(desk) {
  const sum = el('p', { class: 'soft numbers' });
  const list = el('ul', { class: 'groups__list', role: 'list' });
  const rest = el('section', { class: 'groups__rest', 'aria-labelledby': 'groups-rest' },
    el('h3', { class: 'now__part', id: 'groups-rest', text: t('console.groups.rest') }), el('ul', { class: 'groups__people', role: 'list' }));
  const button = (key, onclick) => el('button', { class: 'button button--small', type: 'button', text: t(`console.groups.${key}`), onclick });
  const seat = button('seat', () => desk.act('groups.mix', { everybody: false }));
  const mix = button('mix', () => confirmDialog({
    title: t('console.groups.mix-title'), text: t('console.groups.mix-text'), confirm: t('console.groups.mix'), act: () => desk.client.send('groups.mix', { everybody: true }),
  }));
  const add = button('add', () => desk.act('group.add'));
  const raise = button('raise-all', () => confirmDialog({
    title: t('console.groups.raise-title'), text: t('console.groups.raise-text'), confirm: t('console.groups.raise-all'),
    act: () => desk.client.send('phase.raise', { phase: desk.state.phase.id }),
  }));
  const { dialog } = openDialog({
    title: t('console.groups.title'), confirm: null, wide: true, submit: () => true,
    body: [sum, el('div', { class: 'row' }, seat, mix, add, raise), rest, list],
  });

  const person = (row) => {
    const face = el('span');
    const menu = createActionMenu({
      face: el('span', { class: 'groups__face' }, face, icon('move')), className: 'button button--small groups__person',
      items: () => {
        const { groups } = coverage(desk.state);
        const own = groups.find(({ entry }) => entry.members?.includes(row.item.id))?.id;
        const move = (group) => desk.act('group.move', { participants: [row.item.id], group });
        return [...groups.filter(({ id }) => id !== own).map(({ id, name }) => ({ label: t('console.groups.to', { name }), act: () => move(id) })),
          own && { label: t('console.groups.out'), act: () => move(null) }];
      },
    });
    row.append(menu);
    row.parts = { face, menu };
    return row;
  };
  const people = {
    key: ({ id }) => id,
    create: () => person(el('li')),
    update: (row, item) => {
      row.item = item;
      const name = personName(item);
      setText(row.parts.face, item.entry.via === 'remote' ? `${name} · ${t('console.people.remote')}` : name);
      setAttribute(row.parts.menu, 'aria-label', t('console.groups.move', { name }));
    },
  };
  const create = () => {
    const row = el('li', { class: 'groups__group' });
    const name = el('h3', { class: 'groups__name' });
    const facts = el('p', { class: 'groups__facts numbers' });
    const none = el('p', { class: 'groups__none' }, icon('pencil'), el('span', { text: t('console.groups.none-yet') }));
    const members = el('ul', { class: 'groups__people', role: 'list' });
    const rename = el('button', { class: 'button button--quiet button--small', type: 'button', text: t('console.groups.rename'), onclick: () => openRename(desk, row.item) });
    row.append(el('div', { class: 'groups__head' }, name, rename), facts, none, members);
    row.parts = { name, facts, none, members, rename };
    return row;
  };
  const update = (row, item) => {
    row.item = item;
    const { name, facts, none, members, rename } = row.parts;
    const here = item.entry.members ?? [];
    setText(name, item.name);
    setAttribute(rename, 'aria-label', t('console.groups.rename-of', { name: item.name }));
    setText(facts, [t('console.groups.people', { count: here.length }), item.entry.notes > 0 && t('console.notes', { count: item.entry.notes }),
      item.entry.raised > 0 && t('console.groups.raised', { count: item.entry.raised })].filter(Boolean).join(' · '));
    none.hidden = item.entry.notes > 0 || here.length === 0;
    const known = new Map(desk.state.participants.map((one) => [one.id, one]));
    reconcile(members, here.map((id) => known.get(id)).filter(Boolean), people);
  };
  const render = () => {
    const { phase, session } = desk.state;
    if (!phase.grouping || session.ended) return dialog.close();
    const { groups, seated, unseated } = coverage(desk.state);
    setText(sum, t('console.groups.sum', { count: groups.length, people: seated }));
    rest.hidden = unseated.length === 0;
    seat.hidden = unseated.length === 0;
    const hadFocus = dialog.contains(document.activeElement);
    reconcile(rest.lastElementChild, unseated, people);
    reconcile(list, groups, { key: ({ id }) => id, create, update });
    raise.hidden = !groups.some(({ entry }) => entry.notes > entry.raised);
    // Who was moved is elsewhere now, and so is the menu that did it.
    if (hadFocus && !dialog.contains(document.activeElement)) dialog.querySelector('h2').focus();
    return undefined;
  };
  desk.client.addEventListener('change', render);
  dialog.addEventListener('close', () => desk.client.removeEventListener('change', render));
  render();
}

function openRename(desk, { id, entry, name }) {
  openDialog({
    title: t('console.groups.rename-of', { name }), confirm: t('console.save'),
    body: [textField({ name: 'name', label: t('console.groups.name'), hint: t('console.groups.name-hint'), value: entry.name, maxlength: 80, autofocus: true })],
    submit: (form) => desk.client.send('group.rename', { group: id, name: form.elements.name.value.trim() }),
  });
}
