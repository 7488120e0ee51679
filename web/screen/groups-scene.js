import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { coverage } from '../console/group-model.js';
import { createPager } from './pager.js';

/** Groups on a page: fewer where their people are named. */
const MOST = { named: 9, numbered: 20 };

/** Who goes where: each group with its number, and its people where names are shown to all. */
export function createGroupsScene() {
  const list = el('ul', { class: 'wall-groups__list', role: 'list' });
  const pager = createPager(() => draw());
  const about = el('p', { class: 'wall-groups__about' });
  const element = el('div', { class: 'wall-groups' }, list, el('div', { class: 'board-scene__foot' }, about, pager.element));
  let shown = [];
  let most = MOST.numbered;

  function draw() {
    const from = pager.page * most;
    reconcile(list, shown.slice(from, from + most), {
      key: ({ id }) => id,
      create: () => el('li', { class: 'wall-groups__group' }, el('strong', { class: 'wall-groups__name' }), el('span', { class: 'wall-groups__people' })),
      update: (row, { entry, name }) => {
        setText(row.firstElementChild, name);
        setText(row.lastElementChild, entry.names?.length ? entry.names.join(', ') : t('console.groups.people', { count: entry.size }));
      },
    });
  }
  return {
    element,
    stop: () => pager.stop(),
    render(state) {
      shown = coverage(state).groups.filter(({ entry }) => entry.size > 0 || state.phase.grouping.how === 'choice');
      most = shown.some(({ entry }) => entry.names?.length) ? MOST.named : MOST.numbered;
      pager.setCount(Math.max(1, Math.ceil(shown.length / most)));
      element.dataset.many = String(shown.length > 9);
      element.dataset.few = String(shown.length < 7);
      setText(about, state.totals.notes > 0 ? t('console.notes', { count: state.totals.notes }) : t('screen.groups-find'));
      draw();
    },
  };
}
