import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { coverage } from './group-model.js';

/** Whether a phase works in groups, how far they have come, and the way to them. */
export function createGroupsPanel(desk, facilitates) {
  const sum = el('p', { class: 'numbers' });
  const none = el('p', { class: 'groups__none' }, icon('pencil'), el('span'));
  const alone = el('p', { class: 'groups__none' }, icon('people'), el('span'));
  const self = el('p', { class: 'soft' });
  const open = el('button', { class: 'button button--wide', type: 'button', text: t('console.groups.open'), onclick: async () => {
    const { openGroupsDialog } = await import('./groups-dialog.js');
    openGroupsDialog(desk);
  } });
  const element = el('section', { class: 'groups', 'aria-labelledby': 'groups-title' },
    el('h3', { class: 'now__part', id: 'groups-title', text: t('console.groups.title') }), sum, none, alone, self, facilitates && open);
  return {
    element,
    render(state) {
      const { phase, session } = state;
      element.hidden = !phase.grouping && !phase.advances || session.ended;
      if (element.hidden) return;
      const has = Boolean(phase.grouping);
      open.hidden = !has;
      const { groups, seated, silent, unseated } = coverage(state);
      sum.hidden = !has;
      setText(sum, t('console.groups.sum', { count: groups.length, people: seated }));
      none.hidden = !silent.length;
      if (silent.length) setText(none.lastElementChild, t('console.groups.silent', { count: silent.length, names: silent.map(({ name }) => name).slice(0, 6).join(', ') + (silent.length > 6 ? ' …' : '') }));
      alone.hidden = !has || !unseated.length;
      if (unseated.length) setText(alone.lastElementChild, t('console.groups.unseated', { count: unseated.length }));
      setText(self, phase.advances ? t('console.groups.advances') : '');
      self.hidden = !phase.advances;
    },
  };
}
