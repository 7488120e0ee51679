/** Making, changing, joining and linking items. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { openDialog } from '../console/dialog.js';
import { choiceField, selectField, textField } from '../console/fields.js';
import { EXPECTED, FIELDS, KINDS, NEXT_KIND, OUTCOMES, STEPS } from './kinds.js';
import { byKind, noteCount } from './model.js';

/** Characters of an item's text, and of a field. */
const TEXT = 500;
/** So that a need's three fields together are no longer than a text may be. */
const PART = 150;

/**
 * @param {any} desk
 * @param {{ kind?: string, step?: number, from?: import('./model.js').Origin[], like?: import('./model.js').Item, text?: string }} given
 *   `like`: what it is made of, whose words it begins with
 */
export function openAddItem(desk, { kind, step = desk.state.step, from = [], like, text = '' }) {
  const first = kind ?? (like && NEXT_KIND[like.kind]) ?? EXPECTED[step];
  const parts = el('div', { class: 'dialog__body' });
  const known = { text: text || (like && ['idea', 'test'].includes(first) ? like.text : ''), who: like?.fields?.who ?? '', need: first === 'need' ? text : '' };
  const kinds = selectField({
    name: 'kind', label: t('process.item.kind'), value: first,
    groups: STEPS.map((each) => ({ label: `${each}. ${t(`process.step.${each}`)}`, options: Object.keys(KINDS).filter((name) => KINDS[name] === each).map((name) => ({ value: name, label: t(`process.kind.${name}`) })) })),
  });
  const fill = (name) => parts.replaceChildren(...formParts(name, { text: name === 'need' ? '' : known.text, fields: { who: known.who, need: known.need || (name === 'need' ? text : '') } }));
  kinds.querySelector('select').addEventListener('change', ({ target }) => fill(target.value));
  fill(first);
  const dialog = openDialog({
    title: t('process.item.add'), confirm: t('process.item.save'), wide: true,
    body: [from.length > 0 && el('p', { class: 'banner' }, el('span', { text: madeOf(desk, from) })), kinds, parts],
    submit: async (form) => {
      const chosen = form.elements.kind.value;
      const made = readForm(form, chosen);
      if (!made.text) {
        dialog.say(t('process.item.empty'));
        return false;
      }
      await desk.client.send('item.add', { kind: chosen, step: KINDS[chosen], ...made, from });
      desk.chosen.clear();
      desk.refresh();
      desk.act.tell({ text: t('process.item.added', { kind: t(`process.kind.${chosen}`) }), topic: 'item' });
      return true;
    },
  });
  (parts.querySelector('input, textarea') ?? dialog.dialog).focus();
}

/** @param {any} desk @param {import('./model.js').Item} item */
export function openEditItem(desk, item) {
  const dialog = openDialog({
    title: t('process.item.editTitle', { kind: t(`process.kind.${item.kind}`) }), confirm: t('console.save'), wide: true,
    body: formParts(item.kind, item),
    submit: async (form) => {
      const made = readForm(form, item.kind);
      if (!made.text) {
        dialog.say(t('process.item.empty'));
        return false;
      }
      await desk.client.send('item.change', { item: item.id, ...made });
      return true;
    },
  });
}

/** Makes a second item of the same kind, from the same notes: for one that says two things. */
export function openSplit(desk, item) {
  const dialog = openDialog({
    title: t('process.split'), confirm: t('process.splitSave'), wide: true,
    body: [el('p', { class: 'soft', text: t('process.splitAbout', { text: item.text }) }), ...formParts(item.kind, item.kind === 'need' ? { fields: { who: item.fields?.who } } : {})],
    submit: async (form) => {
      const made = readForm(form, item.kind);
      if (!made.text) {
        dialog.say(t('process.item.empty'));
        return false;
      }
      await desk.client.send('item.split', { item: item.id, ...made });
      desk.act.tell({ text: t('process.item.added', { kind: t(`process.kind.${item.kind}`) }), topic: 'item' });
      return true;
    },
  });
}

function formParts(kind, { text = '', fields = {} }) {
  const short = textField({ name: 'text', label: t(`process.text.${kind}`), value: text, rows: 2, maxlength: TEXT });
  const part = (name, rows = 0, maxlength = TEXT) => textField({ name, label: t(`process.field.${name}`), hint: t(`process.field.${name}-hint`), value: fields[name] ?? '', rows, maxlength });
  switch (kind) {
    case 'need': return [el('p', { class: 'soft', text: t('process.need.about') }), part('who', 0, 80), part('need', 2, PART), part('because', 2, PART)];
    case 'test': return [short, part('assumption', 2), part('method', 2), part('measure', 2), part('threshold', 2)];
    case 'learning': return [short, part('observed', 3), part('insight', 2), part('next', 2)];
    case 'decision': return [
      choiceField({ name: 'outcome', legend: t('process.field.outcome'), value: fields.outcome ?? 'continue', options: OUTCOMES.map((value) => ({ value, label: t(`process.outcome.${value}`) })) }),
      short, part('why', 3)];
    default: return [short];
  }
}

function readForm(form, kind) {
  const value = (name) => form.elements[name]?.value.trim() ?? '';
  const fields = Object.fromEntries((FIELDS[kind] ?? []).map((name) => [name, value(name)]));
  const text = kind === 'need' ? needText(fields) : value('text');
  return { text, ...(FIELDS[kind] && { fields }) };
}

/** A need as a sentence; empty without who and what. */
function needText({ who, need, because }) {
  if (!who || !need) return '';
  return t(because ? 'process.need.sentence' : 'process.need.short', { who, need, because });
}

function madeOf(desk, from) {
  const notes = noteCount({ from });
  const items = from.filter(({ item }) => item).map(({ item }) => desk.state.byID.get(item)?.text).filter(Boolean);
  return [notes > 0 && t('process.item.ofNotes', { count: notes }), items.length > 0 && t('process.item.ofItems', { texts: items.map((text) => `«${text}»`).join(', ') })].filter(Boolean).join(' ');
}

/**
 * Joins items that say the same: one stays, and comes from all that the others came from.
 *
 * @param {any} desk
 * @param {import('./model.js').Item[]} items of one kind; a single one may go into any other of its kind
 */
export function openMerge(desk, items) {
  const [first] = items;
  const others = items.length > 1 ? items : desk.state.items.filter(({ kind, id }) => kind === first.kind && id !== first.id);
  openDialog({
    title: t('process.mergeTitle', { count: Math.max(2, items.length) }), confirm: t('process.merge'),
    body: [
      el('p', { text: items.length > 1 ? t('process.mergeAbout') : t('process.mergeOne', { text: first.text }) }),
      choiceField({ name: 'into', legend: t('process.mergeStays'), value: others[0].id, list: true, options: others.map(({ id, text }) => ({ value: id, label: text })) }),
    ],
    submit: async (form) => {
      const into = form.elements.into.value;
      for (const { id } of items) if (id !== into) await desk.client.send('item.merge', { item: id, into });
      desk.chosen.clear();
      if (desk.route.view === 'item') desk.go({ item: into });
      else desk.refresh();
      return true;
    },
  });
}

/** Adds earlier items to what an item comes from. */
export function openLink(desk, item) {
  const linked = new Set(item.from.map(({ item: origin }) => origin));
  const after = descendants(desk.state, item.id);
  const others = desk.state.items.filter(({ id }) => id !== item.id && !linked.has(id) && !after.has(id));
  const dialog = openDialog({
    title: t('process.link.add'), confirm: t('process.link.save'), wide: true,
    body: others.length > 0 ? [el('p', { class: 'soft', text: t('process.link.about') }), ...lists(others, 'checkbox')] : [el('p', { text: t('process.link.nothing') })],
    submit: async (form) => {
      const from = [...form.querySelectorAll('input:checked')].map(({ value }) => ({ item: value }));
      if (from.length === 0) {
        dialog.say(t('process.link.chooseFirst'));
        return false;
      }
      await desk.client.send('item.link', { item: item.id, from });
      return true;
    },
  });
}

/** Adds notes and clusters to what an item that is there comes from. */
export function openLinkTo(desk, from) {
  const dialog = openDialog({
    title: t('process.link.toItem'), confirm: t('process.link.save'), wide: true,
    body: [el('p', { class: 'soft', text: t('process.link.toItemAbout') }), ...lists(desk.state.items, 'radio')],
    submit: async (form) => {
      const item = form.querySelector('input:checked')?.value;
      if (!item) {
        dialog.say(t('process.link.chooseFirst'));
        return false;
      }
      await desk.client.send('item.link', { item, from });
      desk.chosen.clear();
      desk.refresh();
      return true;
    },
  });
}

const lists = (items, type) => byKind(items).map(({ kind, items: some }) => el('fieldset', { class: 'field' }, el('legend', { class: 'field__label', text: t(`process.kinds.${kind}`, { count: some.length }) }),
  el('div', { class: 'lines' }, ...some.map(({ id, text }) => el('label', { class: 'line' }, el('input', { type, name: 'item', value: id }), el('span', { class: 'line__words', text }))))));

/** What came of an item: linking it back to those would go in a circle. */
function descendants({ byID }, id, seen = new Set()) {
  for (const each of byID.get(id)?.to ?? []) {
    if (seen.has(each)) continue;
    seen.add(each);
    descendants({ byID }, each, seen);
  }
  return seen;
}

