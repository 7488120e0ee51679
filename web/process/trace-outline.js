import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { badge, fieldList, kindMark, link } from './parts.js';

/** States of a note that have words of their own; its text comes only with `there`. */
const STATED = { withdrawn: 1, redacted: 1, erased: 1, held: 1, private: 1, unavailable: 1 };

/**
 * A trace as nested lists: what a screen reader can walk and a printer can print. Items and sessions are links.
 *
 * @param {any} desk
 * @param {import('./trace.js').Branch[]} branches
 * @param {any} trace
 * @param {{ about: string }} how
 * @returns {HTMLElement}
 */
export function drawOutline(desk, branches, trace, { about }) {
  return el('ul', { class: 'outline', role: 'list', dataset: { key: `outline-${about}` } }, ...branches.map((branch) => el('li', { class: 'outline__branch', dataset: { type: branch.type } },
    line(desk, branch),
    branch.again && el('p', { class: 'soft', text: t('process.trace.again') }),
    branch.children.length > 0 && drawOutline(desk, branch.children, trace, { about: `${about}-${branch.key}` }))));
}

function line(desk, { type, key, data, children }) {
  switch (type) {
    case 'item':
      return el('div', { class: 'outline__line' }, el('span', { class: 'outline__mark' }, kindMark(data.kind ?? 'idea')), link(desk, { item: key }, data.text ?? t('process.item.gone')),
        data.kind === 'decision' && data.fields?.outcome && badge(t(`process.outcome.${data.fields.outcome}`), data.fields.outcome),
        data.state && data.state !== 'open' && badge(t(`process.state.${data.state}`), data.state),
        data.kind === 'decision' && data.fields && fieldList({ ...data, fields: { why: data.fields.why } }));
    case 'session':
      return el('div', { class: 'outline__line' }, el('span', { class: 'outline__mark soft', text: t('process.trace.session') }), link(desk, { session: key }, data.title ?? t('process.session.gone')));
    case 'cluster':
      return el('div', { class: 'outline__line' }, el('span', { class: 'outline__mark soft', text: t('process.trace.cluster') }), el('strong', { text: data.name || t('common.unnamedCluster') }), el('span', { class: 'soft', text: t('common.notes', { count: children.length }) }));
    default:
      return el('div', { class: 'outline__line outline__note' }, el('span', { class: 'outline__mark soft', text: t('process.trace.note') }),
        data.text !== undefined ? el('q', { text: data.text }) : el('em', { class: 'soft', text: t(`process.trace.${data.state in STATED ? data.state : 'erased'}`) }),
        data.source && data.source !== 'phone' && el('span', { class: 'soft', text: t(`common.source.${data.source}`) }));
  }
}
