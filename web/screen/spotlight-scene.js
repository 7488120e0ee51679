import { el, reconcile, setText } from '../app/dom.js';
import { createNoteCard, updateNoteCard } from '../components/note-card.js';
import { fitPages } from './fit.js';
import { createPager } from './pager.js';

/** Type sizes in vw for a note alone: the last holds 500 characters. */
const ALONE = [6.4, 5.4, 4.5, 3.8, 3.2, 2.7, 2.2];
/** Columns and type sizes for a cluster (see `fitPages`). */
const SEVERAL = [[2, 2.8], [2, 2.3], [3, 2], [3, 1.7]];

/** One note or one cluster, as large as the wall allows. */
export function createSpotlightScene() {
  const name = el('h2', { class: 'spot__name' });
  const flow = el('div', { class: 'flow' });
  const view = el('div', { class: 'flow-view' }, flow);
  const pager = createPager((page) => turn(page));
  const element = el('div', { class: 'spot' }, name, view, pager.element);
  let pages = null;
  const turn = (page) => pages?.show(page);
  let last = null;

  function render(state, item) {
    last = [state, item];
    const isNote = item.id.startsWith('n');
    const notes = isNote ? [item] : state.notes.filter(({ entry }) => entry.cluster === item.id);
    setText(name, isNote ? '' : item.entry.name);
    name.hidden = isNote;
    element.classList.toggle('spot--one', notes.length === 1);
    reconcile(flow, notes, { key: ({ id }) => id, create: () => createNoteCard('article'), update: (card, { entry }) => updateNoteCard(card, { text: entry.text, paper: entry.paper, language: entry.language, author: entry.author, source: entry.source }) });
    pages = notes.length === 1 ? fitOne() : fitPages([{ view, flow }], SEVERAL);
    pager.setCount(pages.count);
    turn(pager.page);
  }
  function fitOne() {
    flow.style.removeProperty('column-count');
    flow.style.setProperty('translate', '0 0');
    flow.style.setProperty('block-size', `${view.clientHeight}px`);
    for (const size of ALONE) {
      flow.style.setProperty('--size', `${size}vw`);
      if (flow.scrollHeight <= view.clientHeight + 1) break;
    }
    return { count: 1, show() {} };
  }

  const resized = new ResizeObserver(() => { if (last) render(...last); });
  resized.observe(view);
  return { element, render, stop: () => { pager.stop(); resized.disconnect(); } };
}
