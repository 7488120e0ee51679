/**
 * Where an item comes from and what came of it, as trees (protocol.md, Q). Every rendering, the outline and the picture, starts
 * from this. No DOM.
 *
 * @typedef {{ type: 'item' | 'session' | 'cluster' | 'note', key: string, data: any, children: Branch[], again: boolean }} Branch
 *   `again`: stands further up already, so its own branches are not told twice
 */

/**
 * Back to the notes: the item, what it was made of, down to single notes under their session and cluster.
 *
 * @param {any} document the answer of `…/trace/ITEM`
 * @returns {Branch}
 */
export function backwards(document) {
  const seen = new Set();
  const note = (session, id) => branch('note', `${session}/${id}`, document.notes?.[`${session}/${id}`] ?? { state: 'erased' }, []);
  const visit = (id) => {
    const item = document.items?.[id];
    if (seen.has(id)) return { ...branch('item', id, item, []), again: true };
    seen.add(id);
    return branch('item', id, item, origins(item?.from ?? []));
  };
  const origins = (from) => {
    const children = [];
    const sessions = new Map();
    for (const origin of from) {
      if (origin.item) {
        children.push(visit(origin.item));
        continue;
      }
      let session = sessions.get(origin.session);
      if (!session) {
        session = branch('session', origin.session, document.sessions?.[origin.session], []);
        sessions.set(origin.session, session);
        children.push(session);
      }
      session.children.push(origin.cluster
        ? branch('cluster', `${origin.session}/${origin.cluster}`, document.clusters?.[`${origin.session}/${origin.cluster}`] ?? {}, (origin.notes ?? []).map((each) => note(origin.session, each)))
        : note(origin.session, origin.note));
    }
    return children;
  };
  return visit(document.item);
}

/**
 * Forward to the fate: the item and all that came of it.
 *
 * @param {any} document
 * @returns {Branch}
 */
export function forwards(document) {
  const to = new Map();
  for (const [id, { from = [] }] of Object.entries(document.items ?? {})) {
    for (const { item } of from) if (item) to.set(item, [...(to.get(item) ?? []), id]);
  }
  const seen = new Set();
  const visit = (id) => {
    const isKnown = seen.has(id);
    seen.add(id);
    return { ...branch('item', id, document.items?.[id], isKnown ? [] : (to.get(id) ?? []).map(visit)), again: isKnown };
  };
  return visit(document.item);
}

const branch = (type, key, data, children) => ({ type, key, data: data ?? {}, children, again: false });

/** @param {Branch} tree @returns {number} the single notes in it, each counted once */
export function countNotes(tree) {
  const keys = new Set();
  const visit = ({ type, key, children }) => {
    if (type === 'note') keys.add(key);
    children.forEach(visit);
  };
  visit(tree);
  return keys.size;
}

/**
 * The picture's columns: notes at the left, what was made of them to the right, one column for each kind of thing.
 *
 * @param {any} document
 * @returns {{ columns: { type: string, key: string, data: any }[][], lines: { from: string, to: string }[] }} each thing once
 */
export function layers(document) {
  const { items = {}, notes = {} } = document;
  const column = new Map();
  const depth = (id, path = new Set()) => {
    if (column.has(id)) return column.get(id);
    if (path.has(id)) return 1;
    const before = (items[id]?.from ?? []).filter(({ item }) => item && items[item]).map(({ item }) => depth(item, new Set([...path, id])));
    const at = 1 + Math.max(0, ...before);
    column.set(id, at);
    return at;
  };
  Object.keys(items).forEach((id) => depth(id));
  const columns = [Object.entries(notes).map(([key, data]) => ({ type: 'note', key, data }))];
  for (const [id, at] of column) (columns[at] ??= []).push({ type: 'item', key: id, data: items[id] });
  const lines = [];
  for (const [id, { from = [] }] of Object.entries(items)) {
    for (const origin of from) {
      if (origin.item && items[origin.item]) lines.push({ from: origin.item, to: id });
      const members = origin.note ? [origin.note] : origin.cluster ? origin.notes ?? [] : [];
      for (const note of members) if (notes[`${origin.session}/${note}`]) lines.push({ from: `${origin.session}/${note}`, to: id });
    }
  }
  return { columns: columns.map((each) => each ?? []), lines };
}
