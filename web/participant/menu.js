/** What seldom is needed: one's name, the rules, what is held, leaving, the language. Loaded with the wall, or when asked for. */
import { el } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { languageChoice } from './chrome.js';
import { openHouseRules } from './house-rules.js';
import { askText, openSheet, sheetList } from './sheet.js';

/** @param {any} context @param {{ session?: any, me: any }} state */
export async function openMenu(context, { session, me }) {
  const { client } = context;
  // Part of a process: then there is more to come of what one wrote.
  const isParticipant = client.role === 'participant';
  const goesOn = client.get('part') && isParticipant;
  await moreTexts('held');
  if (goesOn) await moreTexts('became');
  const isMember = client.role === 'participant' || client.role === 'helper';
  openSheet({
    title: session?.title ?? t('participant.menu'),
    body: (close) => [
      isMember && sheetList([
        { icon: 'pencil', label: t(me.name ? 'held.name.change' : 'held.name.give', { name: me.name }), act: () => rename(context, me) },
        ...(isParticipant && !me.waits ? [{ icon: 'people', label: t(me.heads ? 'held.table.change' : 'held.table.button', { count: me.heads ?? 0 }), act: () => import('./table.js').then(({ openTable }) => openTable(context, me)) }] : []),
        { icon: 'check', label: t('held.rules.title'), act: () => openHouseRules() },
        { icon: 'info', label: t('held.button'), act: () => import('./held.js').then(({ openHeld }) => openHeld(client, client.get('retention'))) },
        goesOn && { icon: 'star', label: t('became.button'), act: () => import('./became.js').then(({ openBecame }) => openBecame(client)) },
        { icon: 'close', label: t('held.leave.button'), act: () => confirmLeave(client) },
      ].filter(Boolean), close),
      languageChoice(),
    ],
  });
}

function rename(context, me) {
  askText({
    title: t('held.name.title'), label: t('join.nameLabel'), value: me.name ?? '', maxlength: 80, button: t('common.save'),
    done: (name) => context.act('me.rename', { name }),
  });
}

function confirmLeave(client) {
  openSheet({
    title: t('held.leave.title'),
    body: (close) => [el('p', { text: t('held.leave.text') }), el('div', { class: 'dialog__actions' },
      el('button', { type: 'button', class: 'button button--danger', text: t('held.leave.confirm'), onclick: () => {
        client.forget();
        location.assign('/');
      } }),
      el('button', { type: 'button', class: 'button', text: t('held.leave.stay'), onclick: close }))],
  });
}
