import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { openDialog } from '../console/dialog.js';
import { byKind } from './model.js';

/** What everybody may see of the process: whether there is a page, and which items stand on it. */
export function openPublish(desk) {
  const { state } = desk;
  const address = `${location.origin}/p/${desk.client.workshop}`;
  const isOn = el('input', { type: 'checkbox', name: 'published' });
  isOn.checked = state.published;
  if (!state.published) isOn.checked = true;
  const field = el('input', { class: 'input links__field', readonly: true, id: 'public-address', value: address, onfocus: ({ target }) => target.select() });
  openDialog({
    title: t('process.public.title'), confirm: t('console.save'), wide: true,
    body: [
      el('p', { class: 'soft', text: t('process.public.about') }),
      el('label', { class: 'line' }, isOn, el('span', { class: 'line__words', text: t('process.public.on') })),
      el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'public-address', text: t('process.public.address') }), field),
      ...(state.items.length > 0 ? [el('h3', { text: t('process.public.items') }), el('p', { class: 'soft', text: t('process.public.itemsAbout') })] : []),
      ...byKind(state.items).map(({ kind, items }) => el('fieldset', { class: 'field' }, el('legend', { class: 'field__label', text: t(`process.kinds.${kind}`, { count: items.length }) }),
        el('div', { class: 'lines' }, ...items.map(({ id, text, published }) => {
          const box = el('input', { type: 'checkbox', name: 'item', value: id });
          box.checked = published;
          return el('label', { class: 'line' }, box, el('span', { class: 'line__words', text }));
        })))),
    ],
    submit: async (form) => {
      for (const box of form.querySelectorAll('input[name="item"]')) {
        const item = desk.state.byID.get(box.value);
        if (item && item.published !== box.checked) await desk.client.send('item.publish', { item: item.id, published: box.checked });
      }
      if (desk.state.published !== isOn.checked) await desk.client.send('process.publish', { published: isOn.checked });
      desk.act.tell({ text: t(isOn.checked ? 'process.public.saved' : 'process.public.off'), topic: 'public' });
      return true;
    },
  });
}
