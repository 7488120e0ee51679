/**
 * Where an item comes from and what came of it, as trees (protocol.md, Q). Every rendering, the outline and the picture, starts
 * from this. No DOM.
 *
 * @typedef {{ item: string, items: Record<string, any>, sessions: Record<string, any>, clusters: Record<string, any>, notes: Record<string, any> }} Trace
 *   notes and clusters by session and id, `s2/n4`
 * @typedef {{ type: 'item' | 'session' | 'cluster' | 'note', key: string, data: any, children: Branch[], again: boolean }} Branch
 *   `again`: stands further up already, so its own branches are not told twice
 */

import { wordsOf } from './model.js';

/** @param {any} answer of `…/trace/ITEM` @returns {Trace} */
export function readTrace({ item, items = [], sessions = [], clusters = [], notes = [], carried = [] }) {
  const index = (list, key) => Object.fromEntries(list.map((each) => [key(each), each]));
  const all = index(notes, ({ session, note }) => `${session}/${note}`);
  // What was taken along to a later session is a note there, whose way goes on.
  for (const { session, note, from } of carried) all[`${session}/${note}`] = { session, note, state: 'there', ...all[`${session}/${note}`], from };
  return {
    item, items: index(items.map((each) => ({ ...each, text: wordsOf(each) })), (each) => each.item), sessions: index(sessions, ({ session }) => session),
    clusters: index(clusters, ({ session, cluster }) => `${session}/${cluster}`), notes: all,
  };
}

/**
 * Back to the notes: the item, what it was made of, down to single notes under their session and cluster.
 *
 * @param {Trace} trace
 * @returns {Branch}
 */
export function backwards(trace) {
  const seen = new Set();
  const once = (key, make, children) => {
    if (seen.has(key)) return { ...make([]), again: children.length > 0 };
    seen.add(key);
    return make(origins(children));
  };
  const item = (id) => once(id, (children) => branch('item', id, trace.items[id], children), trace.items[id]?.from ?? []);
  const note = (session, id) => {
    const key = `${session}/${id}`;
    return once(key, (children) => branch('note', key, trace.notes[key] ?? { state: 'erased' }, children), trace.notes[key]?.from ?? []);
  };
  const origins = (from) => {
    const children = [];
    const sessions = new Map();
    for (const origin of from) {
      if (origin.item) {
        children.push(item(origin.item));
        continue;
      }
      let session = sessions.get(origin.session);
      if (!session) {
        session = branch('session', origin.session, trace.sessions[origin.session], []);
        sessions.set(origin.session, session);
        children.push(session);
      }
      const cluster = `${origin.session}/${origin.cluster}`;
      session.children.push(origin.cluster
        ? branch('cluster', cluster, trace.clusters[cluster], (origin.notes ?? []).map((each) => note(origin.session, each)))
        : note(origin.session, origin.note));
    }
    return children;
  };
  return item(trace.item);
}

/**
 * Forward to the fate: the item and all that came of it, also by way of notes that were taken along to a later session.
 *
 * @param {Trace} trace
 * @returns {Branch}
 */
export function forwards(trace) {
  const to = edges(trace);
  const seen = new Set();
  const visit = (key) => {
    const isItem = key in trace.items;
    const isKnown = seen.has(key);
    seen.add(key);
    const made = branch(isItem ? 'item' : 'note', key, isItem ? trace.items[key] : trace.notes[key], isKnown ? [] : (to.get(key) ?? []).map(visit));
    return { ...made, again: isKnown && to.has(key) };
  };
  return visit(trace.item);
}

/** What each thing led to at once: ids of items, keys of notes. @param {Trace} trace @returns {Map<string, string[]>} */
function edges({ items, notes }) {
  const to = new Map();
  const add = (from, key) => { if (!to.get(from)?.includes(key)) to.set(from, [...(to.get(from) ?? []), key]); };
  for (const [things, isThere] of [[notes, (key) => key in notes], [items, () => true]]) {
    for (const [key, { from = [] }] of Object.entries(things)) {
      for (const origin of from) for (const each of keysOf(origin)) if (each in items || isThere(each)) add(each, key);
    }
  }
  return to;
}

const keysOf = ({ item, session, note, cluster, notes = [] }) => (item ? [item] : note ? [`${session}/${note}`] : cluster ? notes.map((each) => `${session}/${each}`) : []);
const branch = (type, key, data, children) => ({ type, key, data: data ?? {}, children, again: false });

/** @param {Branch} tree @returns {number} the single notes in it, each counted once; those taken along count as what they came from */
export function countNotes(tree) {
  const keys = new Set();
  const visit = ({ type, key, children }) => {
    if (type === 'note' && children.length === 0) keys.add(key);
    children.forEach(visit);
  };
  visit(tree);
  return keys.size;
}

/**
 * The picture's columns: notes at the left, what was made of them to the right, each as far right as the longest way to it.
 *
 * @param {Trace} trace
 * @returns {{ columns: { type: string, key: string, data: any }[][], lines: { from: string, to: string }[] }} each thing once
 */
export function layers(trace) {
  const to = edges(trace);
  const before = new Map();
  for (const [from, keys] of to) for (const key of keys) before.set(key, [...(before.get(key) ?? []), from]);
  const known = new Map();
  const depth = (key, path) => {
    if (known.has(key)) return known.get(key);
    const earlier = (before.get(key) ?? []).filter((each) => !path.includes(each));
    const own = key in trace.items ? 1 : 0;
    const at = Math.max(own, ...earlier.map((each) => depth(each, [...path, key]) + 1));
    known.set(key, at);
    return at;
  };
  const columns = [];
  for (const [type, things] of [['note', trace.notes], ['item', trace.items]]) {
    for (const [key, data] of Object.entries(things)) (columns[depth(key, [])] ??= []).push({ type, key, data });
  }
  const lines = [...to].flatMap(([from, keys]) => keys.map((key) => ({ from, to: key })));
  return { columns: Array.from({ length: columns.length }, (_, at) => columns[at] ?? []), lines };
}
