import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { formatTime, t } from '../app/i18n.js';
import { saveFile } from '../app/save-file.js';
import { placesIn } from '../app/template-file.js';
import { openBoardDialog } from './board-dialog.js';
import { openComposeDialog } from './compose-dialog.js';
import { icon } from './icons.js';
import { enableListDrag } from './list-drag.js';
import { definitionOf, rulesOf } from './phase-definition.js';
import { duplicatePhase, movePhase, openPhaseDialog, removePhase } from './phase-dialog.js';
import { createTimesView, tick, timesNow } from './times-view.js';

/**
 * The session on one calm page, before people come: its title, when it begins, its phases in order and its boards. Everything here goes
 * through the same commands and the same dialogs as the run sheet; what is changed holds at once.
 *
 * @param {HTMLElement} page
 */
export function createPrepare(page, desk) {
  const heading = el('h2', { class: 'prepare__title', id: 'prepare-title', tabindex: '-1', text: t('editor.prepare.title') });
  const leave = el('button', { class: 'button', type: 'button', text: t('editor.prepare.leave'), onclick: () => desk.prepare(false) });
  const title = el('input', { class: 'input', id: 'prepare-name', type: 'text', maxlength: 80, autocomplete: 'off' });
  const start = el('input', { class: 'input prepare__start', id: 'prepare-start', type: 'datetime-local', 'aria-describedby': 'prepare-start-hint' });
  const times = createTimesView(desk);
  const list = el('ol', { class: 'prep', role: 'list', 'aria-labelledby': 'prepare-phases' });
  const boards = el('ul', { class: 'prep-boards', role: 'list', 'aria-labelledby': 'prepare-boards' });
  const tool = (glyph, key, act, kind = '') => el('button', { class: `button ${kind}`, type: 'button', onclick: act }, icon(glyph), t(key));
  const last = () => desk.state.phases.at(-1)?.id ?? null;
  const save = tool('download', 'editor.save', () => saveTemplate(desk));
  page.setAttribute('aria-labelledby', 'prepare-title');
  page.replaceChildren(
    el('div', { class: 'prepare__head' }, heading, leave),
    el('p', { class: 'soft', text: t('editor.prepare.about') }),
    el('div', { class: 'prepare__facts' },
      el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'prepare-name', text: t('editor.title') }), title),
      el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'prepare-start', text: t('editor.start') }), start, el('span', { class: 'field__hint', id: 'prepare-start-hint', text: t('editor.start-hint') }))),
    el('h3', { class: 'prepare__part', id: 'prepare-phases', text: t('console.run.title') }), times.element, list,
    el('div', { class: 'row' },
      tool('list', 'editor.compose.title', () => openComposeDialog(desk), 'button--primary'),
      tool('plus', 'console.phase.add', () => openPhaseDialog(desk, null, { after: last() })),
      tool('cup', 'editor.break.add', () => openPhaseDialog(desk, null, { after: last(), like: { name: t('editor.break.name'), minutes: 15, break: true } }))),
    el('h3', { class: 'prepare__part', id: 'prepare-boards', text: t('editor.boards') }), boards,
    el('div', { class: 'row' }, tool('plus', 'editor.board.new', () => openBoardDialog(desk, null))),
    el('h3', { class: 'prepare__part', text: t('editor.keep') }), el('p', { class: 'soft', text: t('editor.save-about') }), el('div', { class: 'row' }, save));

  onCommit(title, async () => {
    const text = title.value.trim();
    if (!text || text === desk.state.session.title) title.value = desk.state.session.title;
    else await desk.act('title.set', { title: text }, { topic: 'title', text: t('editor.title-saved') });
  });
  onCommit(start, async () => {
    const at = start.value ? new Date(start.value).getTime() : null;
    if ((at ?? undefined) !== desk.state.plan?.startAt && !Number.isNaN(at)) await desk.act('start.plan', { at }, { topic: 'start', text: t(at === null ? 'editor.start-none' : 'editor.start-saved') });
  });
  enableListDrag(list, '.prep__grip', (row, to) => movePhase(desk, row.item.id, to));
  tick(page, () => desk.state && desk.preparing && view.render(desk.state));

  const view = {
    render(state) {
      if (!desk.preparing) return;
      if (document.activeElement !== title) title.value = state.session.title;
      if (document.activeElement !== start) start.value = localTime(state.plan?.startAt);
      times.render();
      const { starts } = timesNow(desk);
      reconcile(list, state.phases.map((item) => ({ ...item, startsAt: starts.get(item.id) })), { key: ({ id }) => id, create: () => phaseRow(desk), update: (row, item) => row.update(item) });
      reconcile(boards, state.boards, { key: ({ id }) => id, create: () => boardRow(desk), update: (row, item) => row.update(item) });
    },
  };
  return view;
}

/** One phase: its name and minutes to write in, its rules in a line, and what one can do with it. */
function phaseRow(desk) {
  const row = el('li', { class: 'prep__item' });
  const grip = el('span', { class: 'prep__grip', 'aria-hidden': 'true' }, icon('grip'));
  const number = el('span', { class: 'prep__number numbers', 'aria-hidden': 'true' });
  const name = el('input', { class: 'input prep__name', type: 'text', maxlength: 80, autocomplete: 'off' });
  const minutes = el('input', { class: 'input input--number numbers prep__minutes', type: 'number', inputmode: 'numeric', min: 0, max: 1440, step: 1 });
  const from = el('span', { class: 'soft numbers prep__from' });
  const rules = el('p', { class: 'soft prep__rules' });
  const button = (kind, glyph, act) => el('button', { class: `button button--quiet button--icon prep__${kind}`, type: 'button', onclick: act }, icon(glyph));
  const index = () => desk.state.phases.findIndex(({ id }) => id === row.item.id);
  const shift = (by, own) => async () => {
    if (!await movePhase(desk, row.item.id, index() + by)) return;
    // The row is where it was put once the answer is drawn; the focus goes along.
    requestAnimationFrame(() => (own.getAttribute('aria-disabled') === 'true' ? name : own).focus());
  };
  const buttons = {
    edit: button('edit', 'pencil', () => openPhaseDialog(desk, row.item)),
    up: button('up', 'up', () => shift(-1, buttons.up)()),
    down: button('down', 'down', () => shift(1, buttons.down)()),
    copy: button('copy', 'copy', () => duplicatePhase(desk, row.item)),
    remove: button('remove', 'cross', () => removePhase(desk, row.item)),
  };
  const change = (members) => desk.act('phase.change', { phase: row.item.id, ...definitionOf(row.item.entry), ...members });
  onCommit(name, async () => {
    const text = name.value.trim();
    if (text && text !== row.item.entry.name) await change({ name: text });
    row.update(row.item);
  });
  onCommit(minutes, async () => {
    const count = Math.min(1440, Math.max(0, Math.round(Number(minutes.value))));
    if (minutes.value !== '' && Number.isFinite(count) && count !== row.item.entry.minutes) await change({ minutes: count });
    row.update(row.item);
  });
  row.append(grip, number, el('div', { class: 'prep__words' }, name, rules), el('div', { class: 'prep__time' }, el('span', { class: 'prep__length' }, minutes, el('span', { class: 'soft', 'aria-hidden': 'true', text: t('editor.min') })), from),
    el('div', { class: 'prep__acts' }, ...Object.values(buttons)));
  row.update = (item) => {
    row.item = item;
    const { entry } = item;
    setText(number, String(entry.position));
    if (document.activeElement !== name) name.value = entry.name;
    if (document.activeElement !== minutes) minutes.value = String(entry.minutes);
    setAttribute(name, 'aria-label', t('editor.phase.name', { number: entry.position }));
    setAttribute(minutes, 'aria-label', t('editor.phase.minutes', { name: entry.name }));
    setText(from, item.startsAt ? formatTime(item.startsAt) : '');
    setText(rules, [desk.client.get(`board/${entry.board}`)?.name, ...rulesOf(entry).map(([key, params]) => ruleText(key, params))].filter(Boolean).join(' · '));
    for (const [kind, each] of Object.entries(buttons)) setAttribute(each, 'aria-label', t(`editor.phase.${kind}`, { name: entry.name }));
    setAttribute(buttons.up, 'aria-disabled', entry.position === 1 && 'true');
    setAttribute(buttons.down, 'aria-disabled', entry.position === desk.state.phases.length && 'true');
    row.classList.toggle('prep__item--break', Boolean(entry.break));
    row.classList.toggle('prep__item--current', entry.current);
  };
  return row;
}

function ruleText(key, params = {}) {
  if (!params.acts) return t(key, params);
  return t(key, { acts: params.acts.map((act) => t(`console.may.${act}`)).join(', ') });
}

function boardRow(desk) {
  const row = el('li', { class: 'prep-boards__item' });
  const name = el('strong');
  const about = el('span', { class: 'soft' });
  const edit = el('button', { class: 'button button--quiet button--icon', type: 'button', onclick: () => openBoardDialog(desk, row.item) }, icon('pencil'));
  row.append(el('span', { class: 'prep-boards__words' }, name, about), edit);
  row.update = (item) => {
    row.item = item;
    const { entry, id } = item;
    const uses = desk.state.phases.filter((phase) => phase.entry.board === id).length;
    const places = placesIn(entry);
    setText(name, entry.name);
    setText(about, [t(`editor.structure.${entry.structure}`), places.length > 0 && places.join(' · '), uses === 0 && t('editor.board.unused')].filter(Boolean).join(' · '));
    setAttribute(edit, 'aria-label', t('editor.board.edit-of', { name: entry.name }));
  };
  return row;
}

/** The session as a template's file: the device's secret must not stand in an address, so it is fetched and then saved. */
export async function saveTemplate(desk) {
  const { client } = desk;
  try {
    const response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}/template.json`, { headers: { Authorization: `Bearer ${client.secret}` } });
    if (!response.ok) throw new Error(String(response.status));
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'samskap.json';
    saveFile(name, await response.blob());
    desk.act.tell({ topic: 'template', text: t('editor.saved', { name }) });
  } catch (error) {
    desk.act.tell({ topic: 'template', kind: 'refusal', text: t(error.message === '409' ? 'editor.save-large' : 'console.results.failed') });
  }
}

/** When a person is done with a field: by Enter, or by going on. */
function onCommit(field, act) {
  field.addEventListener('keydown', (event) => { if (event.key === 'Enter') act(); });
  field.addEventListener('blur', act);
}

/** A time as a `datetime-local` field has it. @param {number | undefined} at in milliseconds */
const localTime = (at) => (at === undefined ? '' : new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16));
