/** Adds to the session from a template: which one, then which of its phases, on which boards, and where. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { fits, inLanguage, placesIn, readTemplate, selection, serverCheck, translated } from '../app/template-file.js';
import { showTemplateChoice } from '../participant/templates.js';
import { openDialog } from './dialog.js';
import { selectField } from './fields.js';

/** @param {any} desk */
export async function openComposeDialog(desk) {
  const { client } = desk;
  const chooser = el('div', { class: 'templates' }, el('p', { class: 'soft', text: t('editor.compose.loading') }));
  const check = serverCheck(`/api/workshops/${encodeURIComponent(client.workshop)}/template/check`, client.secret);
  const { dialog, say } = openDialog({
    title: t('editor.compose.title'), confirm: t('editor.compose.next'), wide: true, body: [chooser],
    async submit() {
      const chosen = await chooser.chosen?.();
      if (!chosen) {
        say(t('editor.compose.none'));
        return false;
      }
      try {
        const definition = chosen.definition ?? await load(`/templates/${encodeURIComponent(chosen.template)}.json`);
        pick(desk, definition);
      } catch {
        say(t('editor.compose.failed'));
        return false;
      }
      return true;
    },
  });
  try {
    await showTemplateChoice(await load('/api/templates'), chooser, { read: (file) => readTemplate(file, check) });
    if (dialog.open) (chooser.querySelector('input[type="search"]'))?.focus();
  } catch {
    say(t('editor.compose.failed'));
  }
}

async function load(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function pick(desk, definition) {
  const { state } = desk;
  const { language } = state.session;
  const name = inLanguage(definition.name, language);
  const template = { boards: translated(definition.boards, language), phases: translated(definition.phases, language) };
  const sum = el('p', { class: 'compose__sum', role: 'status' });
  const phases = template.phases.map((phase, index) => phaseLine(phase, index, template.boards));
  const boards = el('div', { class: 'stack' });
  const choices = new Map();
  const place = selectField({ name: 'after', label: t('editor.compose.where'), value: state.phases.at(-1)?.id ?? '', groups: [{ label: '', options: [
    { value: '', label: t('editor.compose.first') },
    ...state.phases.map(({ id, entry }) => ({ value: id, label: t('editor.compose.after', { number: entry.position, name: entry.name }) })),
  ] }] });
  const back = el('button', { class: 'button button--quiet button--small', type: 'button', text: t('editor.compose.back'), onclick: () => {
    close();
    openComposeDialog(desk);
  } });
  const chosen = () => phases.flatMap(({ input }, index) => (input.checked ? [index] : []));
  const existing = () => Object.fromEntries([...choices].map(([key, select]) => [key, select.value]).filter(([, value]) => value));

  const { dialog, close, say } = openDialog({
    title: t('editor.compose.from', { name }), confirm: t('editor.compose.add'), wide: true, extras: [back],
    body: [
      el('fieldset', { class: 'field' }, el('legend', { class: 'field__label', text: t('editor.compose.phases') }),
        el('div', { class: 'lines' }, ...phases.map(({ element }) => element))),
      el('section', { class: 'field', 'aria-labelledby': 'compose-boards' }, el('h3', { class: 'field__label', id: 'compose-boards', text: t('editor.compose.boards') }), boards),
      place, sum,
    ],
    async submit(form) {
      const indices = chosen();
      if (indices.length === 0) {
        say(t('editor.compose.pick'));
        return false;
      }
      const added = selection(template, indices, existing());
      const message = { after: form.elements.after.value || null, definition: added };
      if (!fits(message)) {
        say(t('editor.compose.large'));
        return false;
      }
      await desk.client.send('phases.insert', message);
      desk.act.tell({ text: t('editor.compose.added', { count: indices.length, name }) });
      return true;
    },
  });

  function draw() {
    const indices = chosen();
    const used = template.boards.filter(({ key }) => indices.some((index) => template.phases[index].board === key));
    boards.replaceChildren(...used.map((board) => boardLine(board, state, choices)));
    if (used.length === 0) boards.append(el('p', { class: 'soft', text: t('editor.compose.no-boards') }));
    for (const key of [...choices.keys()]) if (!used.some((board) => board.key === key)) choices.delete(key);
    told();
  }
  function told() {
    const indices = chosen();
    const minutes = indices.reduce((all, index) => all + (template.phases[index].minutes ?? 0), 0);
    const fresh = selection(template, indices, existing()).boards.length;
    sum.textContent = [t('editor.compose.count', { count: indices.length }), t('console.minutes-short', { count: minutes }), t('editor.compose.new-boards', { count: fresh })].join(' · ');
  }
  dialog.addEventListener('change', ({ target }) => (target.name === 'phases' ? draw() : told()));
  draw();
}

function phaseLine(phase, index, boards) {
  const input = el('input', { type: 'checkbox', name: 'phases', value: String(index), autofocus: index === 0 });
  input.checked = true;
  const board = boards.find(({ key }) => key === phase.board);
  const facts = [phase.minutes && t('console.minutes-short', { count: phase.minutes }), phase.break ? t('editor.rule.break') : t(`console.rhythm.${phase.rhythm ?? 'individual'}`), board?.name].filter(Boolean);
  return { input, element: el('label', { class: 'line' }, input, el('span', { class: 'line__words' }, el('span', { text: phase.name }), el('small', { class: 'soft', text: facts.join(' · ') }))) };
}

/** A board that comes along, or one that is there and is used in its place. */
function boardLine(board, state, choices) {
  const places = placesIn(board);
  const clusters = (board.clusters ?? []).map(({ name }) => name);
  // What has an axis, or clusters of its own, has to come along itself.
  const others = board.structure === 'matrix' || clusters.length > 0 ? [] : state.boards.filter(({ entry }) => entry.structure === board.structure);
  const field = others.length > 0 && selectField({ name: `board-${board.key}`, label: board.name, value: choices.get(board.key)?.value ?? '', groups: [{ label: '', options: [
    { value: '', label: t('editor.compose.new-board', { name: board.name }) },
    ...others.map(({ id, entry }) => ({ value: id, label: t('editor.compose.use-board', { name: entry.name }) })),
  ] }] });
  if (field) choices.set(board.key, field.querySelector('select'));
  const words = [t(`editor.structure.${board.structure}`), places.length > 0 && places.join(' · '), clusters.length > 0 && t('editor.compose.clusters', { names: clusters.join(', ') })].filter(Boolean);
  return el('div', { class: 'compose__board' }, field || el('strong', { text: board.name }), ...words.map((text) => el('small', { class: 'soft', text })));
}
