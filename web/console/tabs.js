/**
 * On a narrow screen the three panes are tabs (ARIA Authoring Practices, *Tabs* with automatic activation: arrows, Home, End).
 * On a wide one they stand side by side and this is hidden.
 */
import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';

const narrow = matchMedia('(max-width: 62rem)');
/** The desk opens on what happens now. */
let chosen = 'now';
let stopListening = null;

/** @param {HTMLElement} bar @param {HTMLElement[]} panes */
export function createTabs(bar, panes) {
  stopListening?.abort();
  stopListening = new AbortController();
  const tabs = panes.map((pane) => el('button', {
    class: 'tabs__tab', type: 'button', role: 'tab', id: `tab-${pane.id}`, 'aria-controls': pane.id,
    onclick: () => choose(pane.id),
  }));
  const list = el('div', { class: 'tabs__list', role: 'tablist', 'aria-label': t('console.tabs') }, ...tabs);
  list.addEventListener('keydown', (event) => {
    const at = panes.findIndex(({ id }) => id === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: panes.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = (to + panes.length) % panes.length;
    choose(panes[index].id);
    tabs[index].focus();
  });
  bar.replaceChildren(list);

  function choose(id) {
    chosen = id;
    arrange();
  }

  function arrange() {
    bar.hidden = !narrow.matches;
    panes.forEach((pane, index) => {
      const isChosen = pane.id === chosen;
      pane.hidden = narrow.matches && !isChosen;
      setAttribute(pane, 'role', narrow.matches && 'tabpanel');
      setAttribute(pane, 'aria-labelledby', narrow.matches ? tabs[index].id : `${pane.id}-title`);
      setAttribute(tabs[index], 'aria-selected', String(isChosen));
      setAttribute(tabs[index], 'tabindex', isChosen ? null : '-1');
    });
  }
  narrow.addEventListener('change', arrange, { signal: stopListening.signal });
  document.addEventListener('console:show', ({ detail }) => choose(detail), { signal: stopListening.signal });
  arrange();

  return {
    render({ held, notes, isFacilitator }) {
      const labels = { run: t('console.run.title'), board: t('console.board.tab', { count: notes.length }), now: t(isFacilitator ? 'console.now.title' : 'console.help.title') };
      panes.forEach(({ id }, index) => {
        setText(tabs[index], labels[id]);
        setAttribute(tabs[index], 'data-badge', id === 'board' && held.length > 0 && held.length);
      });
    },
  };
}
