/** What one can do with notes and clusters, each as a command or as a dialog that ends in one. No drag is needed for any. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { columnName } from './board-model.js';
import { openDialog } from './dialog.js';
import { groupsOf, placeName } from '../app/structure.js';
import { checkField, choiceField, selectField, textField, ticked } from './fields.js';

const REASONS = ['personal', 'offensive', 'off-topic', 'duplicate', 'other'];
const NEW = '+';
const NONE = '-';
const PLACE = '@';
/** Up to so many places are choices of their own. */
const MANY = 8;

/** @param {string} text @param {number} [length] @returns {string} the beginning, whole where it fits */
export const excerpt = (text, length = 60) => {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length > length ? `${letters.slice(0, length - 1).join('').trimEnd()}…` : line;
};

/** The clusters of the board in view. */
export const here = ({ clusters, board }) => clusters.filter(({ entry }) => entry.board === board);

/** A name for a cluster that was made by dropping one note on another: names come last. */
export const provisionalName = (state) => t('console.cluster.new-number', { number: here(state).length + 1 });

/** «Flytt til …»: into a cluster, a new one, none, or another column. @param {string[]} notes */
export function openMoveDialog(desk, notes) {
  const { state } = desk;
  const clusters = here(state);
  const first = state.notes.find(({ id }) => id === notes[0])?.entry;
  const columns = state.structure.columns.length > 1 ? state.structure.columns : [];
  // Many places are one choice more, and then a list.
  const isMany = columns.length > MANY;
  const place = isMany && selectField({
    name: 'place', label: t('console.move.place'), value: first?.column,
    groups: groupsOf(columns).map((group) => ({ label: group.name, options: group.columns.map((column) => ({ value: column.id, label: placeName(state.structure, column) })) })),
  });
  const options = [
    ...clusters.map(({ id, entry }) => ({ value: id, label: entry.name, hint: t('console.notes', { count: entry.notes.length }) })),
    { value: NEW, label: t('console.move.new') },
    { value: NONE, label: t('console.move.none') },
    ...(isMany ? [{ value: PLACE, label: t('console.move.to-place') }]
      : columns.map((column) => ({ value: `column:${column.id}`, label: t('console.move.column', { name: columnName(column) }) }))),
  ];
  const name = textField({ name: 'name', label: t('console.cluster.name'), maxlength: 80 });
  const { dialog } = openDialog({
    title: t('console.move.title', { count: notes.length }), confirm: t('console.move.confirm'),
    body: [
      notes.length === 1 && el('blockquote', { class: 'dialog__quote', text: first?.text }),
      choiceField({ name: 'to', legend: t('console.move.to'), value: first?.cluster ?? (isMany ? PLACE : clusters[0]?.id ?? NEW), list: true, options }),
      name, place,
    ],
    submit(form) {
      const to = form.elements.to.value;
      if (to === NEW) return desk.client.send('cluster.create', { name: form.elements.name.value.trim() || provisionalName(desk.state), notes });
      if (to === NONE) return desk.client.send('notes.move', { notes, cluster: null });
      if (to === PLACE) return placeNotes(desk, notes, form.elements.place.value, desk.client.send.bind(desk.client));
      if (to.startsWith('column:')) return placeNotes(desk, notes, to.slice('column:'.length), desk.client.send.bind(desk.client));
      return desk.client.send('notes.move', { notes, cluster: to });
    },
  });
  const show = () => {
    const to = dialog.querySelector('input[name="to"]:checked')?.value;
    name.hidden = to !== NEW;
    if (place) place.hidden = to !== PLACE;
  };
  dialog.addEventListener('change', show);
  show();
}

/** Out of its cluster, where it is in one, and into a column. */
export async function placeNotes(desk, notes, column, send) {
  const clustered = notes.filter((id) => desk.state.notes.find((note) => note.id === id)?.entry.cluster);
  if (clustered.length) await send('notes.move', { notes: clustered, cluster: null });
  const elsewhere = notes.filter((id) => desk.state.notes.find((note) => note.id === id)?.entry.column !== column);
  if (elsewhere.length && desk.state.structure.columns.length > 1) await send('notes.place', { notes: elsewhere, column });
}

/** @param {string[]} notes */
export function openCreateDialog(desk, notes, done = () => {}) {
  openDialog({
    title: t('console.cluster.create', { count: notes.length }), confirm: t('console.cluster.make'),
    body: [textField({ name: 'name', label: t('console.cluster.name'), hint: t('console.cluster.name-hint'), maxlength: 80, autofocus: true })],
    async submit(form) {
      await desk.client.send('cluster.create', { name: form.elements.name.value.trim() || provisionalName(desk.state), notes });
      done();
    },
  });
}

export function openRenameDialog(desk, { id, entry }) {
  openDialog({
    title: t('console.cluster.rename'), confirm: t('console.save'),
    body: [textField({ name: 'name', label: t('console.cluster.name'), value: entry.name, maxlength: 80, autofocus: true })],
    submit: (form) => desk.client.send('cluster.rename', { cluster: id, name: form.elements.name.value.trim() || entry.name }),
  });
}

export function openMergeDialog(desk, { id, entry }) {
  const others = here(desk.state).filter((cluster) => cluster.id !== id);
  openDialog({
    title: t('console.cluster.merge-title', { name: entry.name }), confirm: t('console.cluster.merge'),
    body: [choiceField({ name: 'into', legend: t('console.cluster.merge-into'), value: others[0]?.id, list: true,
      options: others.map((other) => ({ value: other.id, label: other.entry.name, hint: t('console.notes', { count: other.entry.notes.length }) })) })],
    submit: (form) => desk.client.send('cluster.merge', { cluster: id, into: form.elements.into.value }),
  });
}

export function openSplitDialog(desk, { id, entry, notes }) {
  const dialog = openDialog({
    title: t('console.cluster.split-title', { name: entry.name }), confirm: t('console.cluster.split'),
    body: [
      textField({ name: 'name', label: t('console.cluster.split-name'), maxlength: 80, autofocus: true }),
      checkField({ legend: t('console.cluster.split-which'), options: notes.map((note) => ({ name: 'notes', value: note.id, label: excerpt(note.entry.text, 120), checked: false })) }),
    ],
    submit(form) {
      const chosen = ticked(form, 'notes');
      if (chosen.length === 0) {
        dialog.say(t('console.cluster.split-none'));
        return false;
      }
      return desk.client.send('cluster.split', { cluster: id, notes: chosen, name: form.elements.name.value.trim() || provisionalName(desk.state) });
    },
  });
}

/** Takes a note off the board, with a reason; the notice offers to put it back. */
export function openRedactDialog(desk, { id, entry }) {
  openDialog({
    title: t('console.redact.title'), confirm: t('console.redact.confirm'),
    body: [
      el('blockquote', { class: 'dialog__quote', text: entry.text }),
      choiceField({ name: 'reason', legend: t('console.redact.reason'), value: 'personal', list: true, options: REASONS.map((value) => ({ value, label: t(`console.reason.${value}`) })) }),
      el('p', { class: 'soft', text: t('console.redact.about') }),
    ],
    async submit(form) {
      await desk.client.send('note.redact', { note: id, reason: form.elements.reason.value });
      desk.act.tell({ text: t('console.redact.done'), action: { label: t('console.restore'), act: () => desk.act('note.restore', { note: id }) } });
    },
  });
}
