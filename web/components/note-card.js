import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

/** The papers (protocol.md, Entries), in the order they are offered. */
export const PAPERS = ['sun', 'sky', 'moss', 'heather', 'coral', 'stone'];

/** What stands beside the words that tell of input on behalf of others. */
const SOURCES = { table: 'people', paper: 'copy', import: 'stack' };

/**
 * What a card shows.
 *
 * @typedef {{ text: string, paper?: string, language?: string, author?: string, source?: string, mine?: boolean,
 *   badges?: { id: string, text: string, icon?: string, strong?: boolean }[], actions?: Action[], footer?: Element | null,
 *   state?: string, headingId?: string, number?: number }} Card  `number` is the note’s in a picture; `state` is only for the looks: `unsent`, `sending`, `held`, `redacted`, `private`
 * @typedef {{ id: string, label: string, name?: string, icon?: string, act: (event: Event) => void, pressed?: boolean }} Action
 *   `name` is what a screen reader says when `label` alone would not tell which note is meant
 */

/**
 * Makes a note as paper: its text, what there is to say of it, and what one may do with it.
 *
 * @param {string} [tag] `li` in a list, `article` alone
 * @returns {HTMLElement} to be filled by `updateNoteCard`
 */
export function createNoteCard(tag = 'li') {
  const card = el('div', { class: 'note' },
    el('p', { class: 'note__text' }),
    el('ul', { class: 'note__badges', role: 'list' }),
    el('div', { class: 'note__footer' }),
    el('div', { class: 'note__actions' }));
  if (tag === 'div') return card;
  return el(tag, { class: 'note-place' }, card);
}

/**
 * Shows a note on a card made by `createNoteCard`. Only what differs is touched.
 *
 * @param {HTMLElement} place
 * @param {Card} model
 */
export function updateNoteCard(place, model) {
  const card = place.classList.contains('note') ? place : place.firstElementChild;
  const [text, badges, footer, actions] = card.children;
  card.dataset.paper = PAPERS.includes(model.paper) ? model.paper : 'sun';
  setAttribute(card, 'data-state', model.state);
  setAttribute(card, 'data-mine', model.mine);
  setText(text, model.text);
  setAttribute(text, 'lang', model.language);
  setAttribute(text, 'data-number', model.number);
  const said = [
    ...(model.author ? [{ id: 'author', text: model.author }] : []),
    ...(model.source && model.source !== 'phone' ? [{ id: 'source', text: t(`common.source.${model.source}`), icon: SOURCES[model.source] }] : []),
    ...(model.badges ?? []),
  ];
  badges.hidden = said.length === 0;
  reconcile(badges, said, {
    key: (badge) => badge.id + (badge.icon ?? ''),
    create: (badge) => el('li', { class: 'note__badge' }, badge.icon && icon(badge.icon), el('span')),
    update: (element, badge) => {
      setText(element.lastElementChild, badge.text);
      element.classList.toggle('note__badge--strong', badge.strong === true);
    },
  });
  footer.hidden = !model.footer;
  if (model.footer !== footer.firstElementChild) footer.replaceChildren(...(model.footer ? [model.footer] : []));
  const wanted = model.actions ?? [];
  actions.hidden = wanted.length === 0;
  reconcile(actions, wanted, {
    key: (action) => action.id,
    create: (action) => el('button', {
      type: 'button', class: 'button button--quiet button--small',
      onclick: (event) => event.currentTarget.action.act(event),
    }, action.icon && icon(action.icon), el('span')),
    update: (button, action) => {
      button.action = action;
      setText(button.lastElementChild, action.label);
      setAttribute(button, 'aria-label', action.name);
      setAttribute(button, 'aria-pressed', action.pressed === undefined ? null : String(action.pressed));
      button.classList.toggle('button--icon', action.label === '');
    },
  });
}

/** @param {string} text @returns {string} a note's beginning, to name it by on a button */
export const excerpt = (text) => (text.length > 60 ? `${text.slice(0, 58).trimEnd()} …` : text);
