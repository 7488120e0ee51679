/**
 * One board as columns of clusters and lone notes. Pure.
 *
 * @typedef {{ id: string, entry: any }} Item
 * @typedef {{ id: string, entry: any, notes: Item[] }} Cluster
 * @typedef {{ id: string | null, column: any, clusters: Cluster[], notes: Item[] }} Column
 *
 * @param {{ board: string, structure: any, notes: readonly Item[], clusters: readonly Item[] }} content
 *   `structure` is the board's entry; notes and clusters of other boards are left out
 * @returns {Column[]} one for each of the board's columns; a note in a column that no longer exists stands in the first
 */
export function boardColumns({ board, structure, notes, clusters }) {
  const columns = (structure?.columns?.length ? structure.columns : [{ id: null, name: '', hint: '', paper: null, group: null }])
    .map((column) => ({ id: column.id, column, clusters: [], notes: [] }));
  const byId = new Map(columns.map((column) => [column.id, column]));
  const place = (id) => byId.get(id) ?? columns[0];

  const here = notes.filter(({ entry }) => entry.board === board);
  const members = new Map();
  for (const note of here) {
    if (!note.entry.cluster) continue;
    if (!members.has(note.entry.cluster)) members.set(note.entry.cluster, []);
    members.get(note.entry.cluster).push(note);
  }
  const shown = new Set();
  for (const { id, entry } of clusters) {
    if (entry.board !== board) continue;
    shown.add(id);
    const inside = members.get(id) ?? [];
    const column = entry.column ?? inside[0]?.entry.column ?? null;
    place(column).clusters.push({ id, entry, notes: inside });
  }
  for (const note of here) if (!shown.has(note.entry.cluster)) place(note.entry.column).notes.push(note);
  return columns;
}

/** Splits notes into what is on the board, what is held, and what was taken off. Others' private notes never get here (E1). */
export function byPublication(notes) {
  const groups = { published: [], held: [], redacted: [] };
  for (const note of notes) (groups[note.entry.publication] ?? groups.published).push(note);
  return groups;
}

/** @param {{ name: string, group?: string | null }} column @returns {string} its whole name, where several share one */
export const columnName = ({ name, group }) => (group ? `${group}: ${name}` : name);
