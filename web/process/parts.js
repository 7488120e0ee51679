/** Small parts that several views of the process page share. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { noteCount } from './model.js';
import { pressed } from './morph.js';
import { routeAddress } from './route.js';

/** A button. @param {string} label @param {() => void} act @param {{ kind?: string, name?: string, icon?: string, key?: string, disabled?: boolean, pressed?: boolean }} [how] `name` for ears, where the label alone says too little */
export function button(label, act, { kind = '', name, icon: picture, key, disabled, pressed: isPressed } = {}) {
  return pressed(el('button', {
    class: `button${kind.split(' ').filter(Boolean).map((each) => ` button--${each}`).join('')}`, type: 'button', 'aria-label': name,
    'aria-disabled': disabled ? 'true' : null, 'aria-pressed': isPressed === undefined ? null : String(isPressed), dataset: key ? { key } : {},
  }, picture && icon(picture), label && el('span', { text: label })), disabled ? () => {} : act);
}

/** A link within the page. @param {any} desk @param {object} route @param {string | Node} label */
export function link(desk, route, label, properties = {}) {
  return pressed(el('a', { href: routeAddress(route), ...properties }, label), () => desk.go(route));
}

/** A link to an item: its kind in words, and its text. @param {any} desk @param {string} id */
export function itemLink(desk, id) {
  const item = desk.state.byID.get(id);
  if (!item) return el('span', { class: 'soft', text: t('process.item.gone') });
  return el('span', { class: 'itemlink' }, kindMark(item.kind), link(desk, { item: id }, item.text), ' ',
    item.state !== 'open' && el('span', { class: 'soft', text: `(${t(`process.state.${item.state}`)})` }));
}

/** @param {string} kind @returns {HTMLElement} the kind as a word on its paper */
export const kindMark = (kind) => el('span', { class: 'kind', dataset: { kind }, text: t(`process.kind.${kind}`) });

/** @param {string} word @param {string} [tone] @returns {HTMLElement} */
export const badge = (word, tone) => el('span', { class: tone ? `badge badge--${tone}` : 'badge', text: word });

/** From where an item comes, in a few words: the notes and sessions behind it. @param {any} state @param {any} item @returns {string} empty when from nothing */
export function sourceWords(state, item) {
  const notes = noteCount(item);
  const sessions = [...new Set(item.from.map(({ session }) => session).filter(Boolean))].map((id) => state.sessionByID.get(id)?.title ?? t('process.session.gone'));
  const items = item.from.filter(({ item: origin }) => origin).length;
  return [
    notes > 0 && t('process.from.notes', { count: notes, sessions: sessions.map((title) => `«${title}»`).join(', ') }),
    items > 0 && t('process.from.items', { count: items }),
  ].filter(Boolean).join(' · ');
}

/** An item's further fields as a list of words. @param {any} item @returns {HTMLElement | null} */
export function fieldList({ kind, fields }) {
  // A need's text says all three of its fields already.
  if (!fields || kind === 'need') return null;
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => el('div', {},
    el('dt', { text: t(`process.field.${name}`) }),
    el('dd', { text: name === 'outcome' ? t(`process.outcome.${value}`) : value })));
  return lines.length > 0 ? el('dl', { class: 'facts' }, ...lines) : null;
}
