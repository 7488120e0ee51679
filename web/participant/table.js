/** A device that several at a table share (protocol.md, B1). */
import { el, setText } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { openSheet } from './sheet.js';

/** People at a table, at most (protocol.md, M). */
const MOST = 30;

/** Says that this is a table's device, and for how many. */
export class TableBanner {
  #context;
  #me = {};
  #words = el('p');
  element = el('div', { class: 'banner tablebanner', hidden: true }, icon('people'), this.#words,
    el('button', { type: 'button', class: 'button button--small', text: t('hybrid.table.change'), onclick: () => openTable(this.#context, this.#me) }));

  constructor(context) { this.#context = context; }

  draw({ me }) {
    this.#me = me;
    this.element.hidden = !me.heads;
    setText(this.#words, me.heads ? t('hybrid.table.banner', { count: me.heads }) : '');
  }
}

/** Asks how many share the device. @param {any} context @param {any} me */
export async function openTable(context, me) {
  await moreTexts('hybrid');
  const input = el('input', { class: 'input input--number numbers', id: 'table-heads', type: 'number', inputmode: 'numeric', min: 1, max: MOST, step: 1, 'aria-describedby': 'table-hint table-problem' });
  input.value = String(me.heads ?? 4);
  input.addEventListener('input', () => { problem.hidden = true; });
  const problem = el('p', { class: 'banner banner--signal', id: 'table-problem', role: 'alert', hidden: true });
  openSheet({
    title: t('hybrid.table.title'),
    body: (close) => [el('form', {
      class: 'stack', novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        const heads = Number(input.value);
        problem.hidden = Number.isInteger(heads) && heads >= 1 && heads <= MOST;
        setText(problem, problem.hidden ? '' : t('hybrid.table.range', { most: MOST }));
        if (!problem.hidden) return input.focus();
        close();
        return context.act('me.table', { heads });
      },
    },
    el('p', { text: t('hybrid.table.about') }),
    el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'table-heads', text: t('hybrid.table.heads') }),
      el('span', { class: 'field__hint', id: 'table-hint', text: t('hybrid.table.hint') }), input), problem,
    el('button', { class: 'button button--primary button--large', text: t('common.save') }),
    me.heads && el('button', { type: 'button', class: 'button', text: t('hybrid.table.personal'), onclick: () => {
      close();
      context.act('me.table', { heads: null });
    } }))],
  });
  input.focus();
  input.select();
}
