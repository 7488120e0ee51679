/** A board's places while somebody changes them, and back to what the server takes (docs/templates.md). No DOM. */
import { groupsOf } from '../app/structure.js';

/** The seven, as a template names them. */
export const STRUCTURES = ['list', 'columns', 'grid', 'matrix', 'fields', 'sequence', 'ring'];
/** Fewest places of each; a grid's and a matrix' are counted by rows and steps. */
export const LEAST = { list: 0, columns: 1, grid: 1, matrix: 0, fields: 1, sequence: 2, ring: 2 };
/** Most places of a board (protocol.md, M). */
export const MOST = 64;

/**
 * @typedef {{ id?: string, name: string, group?: string, hint?: string, paper?: string | null }} Place
 * @typedef {{ structure: string, places: Place[], rows: Place[], cells: Map<string, any>,
 *   axes: { across: Axis, up: Axis } }} Plan `cells`: by the keys of row and column, what is there already
 * @typedef {{ name: string, low: string, high: string, steps: number }} Axis
 */

/** Something to begin with. @param {string} structure @param {(key: string) => string} t @returns {Plan} */
export function freshPlan(structure, t) {
  const named = (...keys) => keys.map((key) => ({ name: t(`editor.fresh.${key}`) }));
  const places = { list: [], columns: named('one', 'two'), grid: named('before', 'after'), matrix: [], fields: named('what', 'who', 'first'),
    sequence: named('step', 'step', 'step').map(({ name }, index) => ({ name: `${name} ${index + 1}` })), ring: named('centre', 'near', 'far') }[structure];
  const axis = (key) => ({ name: t(`editor.fresh.${key}`), low: t('editor.fresh.low'), high: t('editor.fresh.high'), steps: 5 });
  return { structure, places, rows: structure === 'grid' ? named('row-one', 'row-two') : [], cells: new Map(), axes: { across: axis('effort'), up: axis('benefit') } };
}

/** A board that is there. @param {any} board a `board/b…` entry @returns {Plan} */
export function planOf({ structure, columns, axes }) {
  const plan = { structure, places: columns.map((column) => ({ ...column })), rows: [], cells: new Map(), axes: null };
  if (structure !== 'grid' && structure !== 'matrix') return plan;
  const groups = groupsOf(columns);
  if (structure === 'matrix') {
    plan.axes = { across: { ...axes.across, steps: groups[0].columns.length }, up: { ...axes.up, steps: groups.length } };
    return plan;
  }
  plan.rows = groups.map(({ name }) => ({ name }));
  plan.places = groups[0].columns.map(({ name }) => ({ name }));
  groups.forEach((group, row) => group.columns.forEach((cell, column) => plan.cells.set(key(plan.rows[row], plan.places[column]), cell)));
  return plan;
}

const names = new WeakMap();
let count = 0;
/** A row's or a column's own name, whatever it is called and wherever it is moved. */
const mark = (thing) => names.get(thing) ?? (names.set(thing, count += 1), count);
const key = (row, column) => `${mark(row)}/${mark(column)}`;

/** How many places a plan makes. @param {Plan} plan */
export const placeCount = ({ structure, places, rows, axes }) => (structure === 'grid' ? places.length * rows.length
  : structure === 'matrix' ? axes.across.steps * axes.up.steps : places.length);

/** What is wrong with a plan, as a text's key with its numbers; null when nothing is. @param {Plan} plan */
export function faultOf(plan) {
  const { structure, places, rows, axes } = plan;
  const all = structure === 'matrix' ? [axes.across, axes.up] : [...places, ...rows];
  if (all.some(({ name }) => !name.trim())) return ['editor.fault.unnamed'];
  if (structure === 'list') return null;
  if (places.length < LEAST[structure] || (structure === 'grid' && rows.length < 1)) return ['editor.fault.few', { count: LEAST[structure] }];
  if (placeCount(plan) > MOST) return ['editor.fault.many', { count: MOST }];
  if (structure === 'grid' && new Set(rows.map(({ name }) => name.trim())).size < rows.length) return ['editor.fault.rows'];
  const groups = groupsOf(places.map((place) => ({ ...place, group: place.group?.trim() ?? '' }))).map(({ name }) => name).filter(Boolean);
  if (structure !== 'grid' && structure !== 'matrix' && new Set(groups).size < groups.length) return ['editor.fault.apart'];
  if (structure === 'ring' && places[0].group?.trim()) return ['editor.fault.centre'];
  return null;
}

/** What the server takes. @param {Plan} plan @param {string} name of the board @returns {any} */
export function definitionOfBoard(plan, name) {
  const { structure, places, rows, cells, axes } = plan;
  if (structure === 'list') return { name, structure };
  if (structure === 'matrix') return { name, structure, axes };
  const there = structure === 'grid' ? [...cells.values()] : places;
  const fresh = newNames(there.map(({ id }) => id));
  const place = (from, text, group) => ({
    id: from?.id ?? fresh(), name: text.trim(), ...(from?.hint && { hint: from.hint }), ...(from?.paper && { paper: from.paper }), ...(group?.trim() && { group: group.trim() }),
  });
  const columns = structure === 'grid'
    ? rows.flatMap((row) => places.map((column) => place(cells.get(key(row, column)), column.name, row.name)))
    : places.map((each) => place(each, each.name, each.group));
  return { name, structure, columns };
}

/** Identifiers that are not there yet: p1, p2, …. */
function newNames(taken) {
  let number = 0;
  return () => {
    do number += 1; while (taken.includes(`p${number}`));
    return `p${number}`;
  };
}
