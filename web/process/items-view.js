/** All that the process has brought about, step by step and ranked: what the core group works with. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { byKind, moveBy } from './model.js';
import { badge, button, itemLink, link, sourceWords } from './parts.js';
import { pressed } from './morph.js';

const add = (desk, given) => import('./item-dialog.js').then(({ openAddItem }) => openAddItem(desk, given));

/** @param {any} desk @returns {HTMLElement[]} */
export function draw(desk) {
  const { state } = desk;
  const kinds = byKind(state.items);
  return [el('div', { class: 'material' },
    el('h2', { tabindex: '-1', dataset: { title: '' }, text: t('process.material') }),
    el('p', { class: 'soft', text: t('process.materialAbout') }),
    state.mayAnalyse && el('p', {}, button(t('process.item.add'), () => add(desk, { step: state.step }), { kind: 'small', icon: 'plus', key: 'add' })),
    kinds.length === 0 && el('p', { class: 'empty', text: t('process.item.none') }),
    ...kinds.map(({ kind, items }) => section(desk, state, kind, items))),
  tray(desk, state)];
}

function section(desk, state, kind, items) {
  return el('section', { class: 'ranked', dataset: { key: kind } },
    el('h3', {}, el('span', { text: t(`process.kinds.${kind}`, { count: items.length }) })),
    el('ol', { class: 'ranked__list', role: 'list' }, ...items.map((item, index) => row(desk, state, items, item, index))));
}

function row(desk, state, ranked, item, index) {
  const { id, text, from, to } = item;
  const box = state.mayAnalyse && el('input', { type: 'checkbox', class: 'tick', 'aria-label': t('process.choose', { text }) });
  if (box) {
    box.checked = desk.chosen.has(id);
    pressed(box, () => {
      if (!desk.chosen.delete(id)) desk.chosen.add(id);
      desk.refresh();
    });
  }
  const source = sourceWords(state, item);
  const behind = from.filter(({ item: origin }) => origin);
  return el('li', { class: 'card', dataset: { key: id, state: item.state } },
    el('div', { class: 'card__head' }, box,
      el('div', { class: 'card__words' },
        el('p', { class: 'card__text' }, link(desk, { item: id }, text)),
        el('p', { class: 'card__marks' },
          item.kind === 'decision' && item.fields?.outcome && badge(t(`process.outcome.${item.fields.outcome}`), item.fields.outcome),
          item.state !== 'open' && badge(t(`process.state.${item.state}`), item.state),
          item.published && badge(t('process.item.published'), 'published'),
          source && el('span', { class: 'soft', text: source }),
          !source && el('span', { class: 'soft', text: t('process.from.none') })))),
    (behind.length > 0 || to.length > 0) && el('dl', { class: 'ways' },
      behind.length > 0 && el('div', {}, el('dt', { text: t('process.from.of') }), ...behind.map(({ item: origin }) => el('dd', {}, itemLink(desk, origin)))),
      to.length > 0 && el('div', {}, el('dt', { text: t('process.to.of') }), ...to.map((each) => el('dd', {}, itemLink(desk, each))))),
    state.mayAnalyse && ranked.length > 1 && el('div', { class: 'card__rank' }, mover(desk, ranked, item, index, -1), mover(desk, ranked, item, index, 1)));
}

function mover(desk, ranked, { id, text }, index, by) {
  const to = moveBy(ranked, id, by);
  const key = `${by < 0 ? 'up' : 'down'}-${id}`;
  return button('', async () => {
    if (await desk.act('item.move', { item: id, ...to })) desk.say(t('process.moved', { text, number: index + 1 + by, count: ranked.length }));
  }, { kind: by < 0 ? 'small quiet icon' : 'small quiet icon down', icon: 'send', name: t(by < 0 ? 'process.moveUp' : 'process.moveDown', { text }), key, disabled: !to });
}

/** What may be done with the items that are ticked; stands at the bottom of the window while there are some. */
function tray(desk, state) {
  const chosen = state.items.filter(({ id }) => desk.chosen.has(id));
  if (chosen.length === 0) return el('div', { class: 'tray-place', dataset: { key: 'tray' } });
  const from = chosen.map(({ id }) => ({ item: id }));
  const alike = chosen.every(({ kind }) => kind === chosen[0].kind);
  const dialogs = () => import('./item-dialog.js');
  return el('div', { class: 'tray-place', dataset: { key: 'tray' } }, el('section', { class: 'tray', 'aria-label': t('process.chosen', { count: chosen.length }) },
    el('p', { class: 'tray__count', role: 'status', text: t('process.chosen', { count: chosen.length }) }),
    el('div', { class: 'row' },
      button(t('process.item.make'), () => add(desk, { from, like: chosen[0] }), { kind: 'primary small', key: 'tray-make' }),
      alike && chosen.length > 1 && button(t('process.merge'), () => dialogs().then(({ openMerge }) => openMerge(desk, chosen)), { kind: 'small', key: 'tray-merge' }),
      state.mayRun && button(t('process.carry'), () => import('./carry-dialog.js').then(({ openCarry }) => openCarry(desk, from)), { kind: 'small', key: 'tray-carry' }),
      button(t('process.chooseNone'), () => {
        desk.chosen.clear();
        desk.refresh();
        document.querySelector('[data-title]')?.focus();
      }, { kind: 'small quiet', key: 'tray-none' }))));
}
