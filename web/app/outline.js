/**
 * A board as an outline: column → cluster → note. Every rendering of a board starts from this. No DOM.
 *
 * @typedef {{ id: string, key: string, entry: any }} Item an element of `client.entries(…)`
 * @typedef {{ id: string, name: string, cluster: any, notes: Item[] }} ClusterOutline
 * @typedef {{ id: string | null, name: string, hint: string, paper: string | null, group: string, count: number,
 *   clusters: ClusterOutline[], loose: Item[] }} ColumnOutline  a plain list is one column with `id` null
 * @typedef {{ board: any, columns: ColumnOutline[], count: number }} Outline  a column with `id` null behind named ones
 *   holds what has no place, and is there only when it holds something
 */

/**
 * Sorts a board's notes into its places.
 *
 * @param {string} boardID
 * @param {any} board the `board/b…` entry
 * @param {readonly Item[]} notes those to be shown, on any board; in the order they came
 * @param {readonly Item[]} clusters all clusters
 * @returns {Outline}
 */
export function buildOutline(boardID, board, notes, clusters) {
  const here = notes.filter(({ entry }) => entry.board === boardID);
  const byID = new Map(here.map((note) => [note.id, note]));
  const named = (board?.columns ?? []).map((column) => makeColumn(column));
  const rest = makeColumn({ id: null });
  const places = new Map(named.map((column) => [column.id, column]));
  const placeOf = (id) => places.get(id) ?? rest;
  const clustered = new Set();
  for (const { id, entry } of clusters) {
    if (entry.board !== boardID) continue;
    const members = entry.notes.map((note) => byID.get(note)).filter(Boolean);
    for (const note of members) clustered.add(note.id);
    const column = placeOf(entry.column);
    column.clusters.push({ id, name: entry.name, cluster: entry, notes: members });
    column.count += members.length;
  }
  for (const note of here) {
    if (clustered.has(note.id)) continue;
    const column = placeOf(note.entry.column);
    column.loose.push(note);
    column.count += 1;
  }
  const hasRest = named.length === 0 || rest.count > 0 || rest.clusters.length > 0;
  return { board, columns: hasRest ? [...named, rest] : named, count: here.length };
}

function makeColumn({ id, name = '', hint = '', paper = null, group = '' }) {
  return { id, name, hint, paper, group, count: 0, clusters: [], loose: [] };
}
