/** One item: what it says, what may be done with it, where it comes from and what came of it. */
import { el } from '../app/dom.js';
import { refusalText, t } from '../app/i18n.js';
import { confirmDialog } from '../console/dialog.js';
import { NEXT_KIND, STATES } from './kinds.js';
import { badge, button, fieldList, itemLink, kindMark, link } from './parts.js';
import { traceOf } from './server.js';
import { backwards, countNotes, forwards } from './trace.js';
import { drawOutline } from './trace-outline.js';
import { drawPicture } from './trace-picture.js';

/** Asks for the trace, again each time one comes here. */
export function arrive(desk) {
  desk.loaded = { item: desk.route.item, trace: null, problem: null, stamp: '' };
}

async function ask(desk) {
  const mine = desk.loaded;
  try {
    mine.trace = await traceOf(desk, mine.item);
    mine.problem = null;
  } catch (refusal) {
    mine.problem = refusal.code ?? 'network';
  }
  if (desk.loaded === mine) desk.refresh();
}

/** The trace is asked for anew when an item or a link has changed. */
function keepFresh(desk, state) {
  const stamp = JSON.stringify(state.items.map(({ id, from, text, state: stands, published }) => [id, from, text, stands, published]));
  if (desk.loaded.stamp === stamp || desk.client.status !== 'live') return;
  desk.loaded.stamp = stamp;
  ask(desk);
}

/** @param {any} desk @returns {HTMLElement[]} */
export function draw(desk) {
  const { state, route } = desk;
  const item = state.byID.get(route.item);
  if (!item) return [el('h2', { tabindex: '-1', dataset: { title: '' }, text: t('process.item.gone') }), el('p', {}, link(desk, { view: 'items' }, t('process.backToMaterial')))];
  keepFresh(desk, state);
  return [el('article', { class: 'item' },
    el('p', {}, link(desk, { view: 'items' }, t('process.backToMaterial'))),
    el('header', { class: 'item__head' },
      el('p', { class: 'card__marks' }, kindMark(item.kind), el('span', { class: 'soft', text: `${item.step}. ${t(`process.step.${item.step}`)}` }),
        item.state !== 'open' && badge(t(`process.state.${item.state}`), item.state),
        item.published && badge(t('process.item.published'), 'published')),
      el('h2', { class: 'item__text', tabindex: '-1', dataset: { title: '' }, text: item.text }),
      fieldList(item)),
    acts(desk, state, item),
    origins(desk, state, item),
    traceBox(desk))];
}

function acts(desk, state, item) {
  if (!state.mayAnalyse) return null;
  const { id, text } = item;
  const dialogs = () => import('./item-dialog.js');
  const next = NEXT_KIND[item.kind];
  const choice = el('div', { class: 'choices', role: 'group', 'aria-label': t('process.state') }, ...STATES.map((each) => button(t(`process.state.${each}`), () => desk.act('item.state', { item: id, state: each }), { kind: 'small', pressed: item.state === each, key: `state-${each}` })));
  return el('div', { class: 'item__acts' },
    el('div', { class: 'row' },
      button(t(`process.make.${next}`), () => dialogs().then(({ openAddItem }) => openAddItem(desk, { kind: next, from: [{ item: id }], like: item })), { kind: 'primary', key: 'make' }),
      button(t('process.item.edit'), () => dialogs().then(({ openEditItem }) => openEditItem(desk, item)), { kind: 'small', icon: 'pencil', key: 'edit' }),
      state.mayRun && button(t(item.published ? 'process.item.unpublish' : 'process.item.publish'), () => desk.act('item.publish', { item: id, published: !item.published },
        { text: t(item.published ? 'process.item.unpublished' : state.published ? 'process.item.isPublished' : 'process.item.willBePublished') }), { kind: 'small', key: 'publish' }),
      state.mayRun && button(t('process.carry'), () => import('./carry-dialog.js').then(({ openCarry }) => openCarry(desk, [{ item: id }])), { kind: 'small', key: 'carry' }),
      state.items.some((other) => other.kind === item.kind && other.id !== id) && button(t('process.mergeInto'), () => dialogs().then(({ openMerge }) => openMerge(desk, [item])), { kind: 'small', key: 'merge' }),
      button(t('process.split'), () => dialogs().then(({ openSplit }) => openSplit(desk, item)), { kind: 'small', key: 'split' }),
      button(t('process.item.remove'), () => confirmDialog({
        title: t('process.item.removeTitle'), text: t('process.item.removeText', { text }), confirm: t('process.item.remove'),
        act: async () => {
          await desk.client.send('item.remove', { item: id });
          desk.go({ view: 'items' });
        },
      }), { kind: 'small danger', key: 'remove' })),
    el('div', { class: 'item__state' }, el('span', { class: 'field__label', text: t('process.state') }), choice));
}

/** What it was made of, each with a way to take the link away; and a way to add one. */
function origins(desk, state, item) {
  const made = item.from.filter(({ item: origin }) => origin);
  if (!state.mayAnalyse) return null;
  const others = state.items.some(({ id }) => id !== item.id);
  if (made.length === 0 && !others) return null;
  return el('details', { class: 'more' }, el('summary', { text: t('process.link.title', { count: item.from.length }) }),
    el('ul', { class: 'links-of', role: 'list' }, ...item.from.map((origin) => {
      const key = origin.item ?? `${origin.session}/${origin.cluster ?? origin.note}`;
      const words = origin.item ? state.byID.get(origin.item)?.text ?? t('process.item.gone')
        : t(origin.cluster ? 'process.link.cluster' : 'process.link.note', { title: state.sessionByID.get(origin.session)?.title ?? t('process.session.gone') });
      return el('li', { class: 'row', dataset: { key } }, el('span', {}, origin.item ? itemLink(desk, origin.item) : words),
        button(t('process.link.remove'), () => desk.act('item.unlink', { item: item.id, from: [origin] }, { text: t('process.link.removed') }), { kind: 'small quiet', name: t('process.link.removeOf', { text: words }), key: `unlink-${key}` }));
    })),
    others && el('p', {}, button(t('process.link.add'), () => import('./item-dialog.js').then(({ openLink }) => openLink(desk, item)), { kind: 'small', icon: 'plus', key: 'link' })));
}

function traceBox(desk) {
  const { trace, problem } = desk.loaded;
  if (problem) return el('p', { class: 'banner banner--signal', text: t('process.trace.failed', { reason: refusalText(problem) }) });
  if (!trace) return el('p', { class: 'soft', role: 'status', text: t('process.trace.loading') });
  const back = backwards(trace);
  const forth = forwards(trace);
  return el('div', { class: 'trace' },
    el('section', { 'aria-labelledby': 'trace-back' },
      el('h3', { id: 'trace-back', text: t('process.trace.back') }),
      el('p', { class: 'soft', text: back.children.length > 0 ? t('process.trace.notes', { count: countNotes(back) }) : t('process.trace.fromNothing') }),
      back.children.length > 0 && drawOutline(desk, back.children, trace, { about: 'back' })),
    el('section', { 'aria-labelledby': 'trace-forth' },
      el('h3', { id: 'trace-forth', text: t('process.trace.forth') }),
      forth.children.length > 0 ? drawOutline(desk, forth.children, trace, { about: 'forth' }) : el('p', { class: 'soft', text: t('process.trace.toNothing') })),
    (back.children.length > 0 || forth.children.length > 0) && el('section', { class: 'trace__picture', 'aria-labelledby': 'trace-picture' },
      el('h3', { id: 'trace-picture', text: t('process.trace.picture') }),
      // What is wider than the page is scrolled, with the keys too.
      el('div', { class: 'trace__scroll', tabindex: '0', role: 'group', 'aria-labelledby': 'trace-picture' }, drawPicture(trace))));
}
