/**
 * Proposed clusters, and what is left of them on a board that goes on living. Pure.
 *
 * @typedef {{ name: string, column: string | null, notes: string[] }} Cluster as protocol.md, section S, has it
 * @typedef {{ board: string, notes: readonly { id: string, entry: any }[], phase: any, session: any, rounds: readonly { entry: any }[],
 *   isFacilitator: boolean }} State
 */

/** Fewer lone notes than this one puts together by hand. */
const FEWEST = 3;

/** @param {State} state @returns {Map<string, any>} the notes on the current board that are in no cluster, by id */
export const loneNotes = ({ board, notes }) => new Map(notes.filter(({ entry }) => entry.board === board && !entry.cluster).map(({ id, entry }) => [id, entry]));

/** @param {State} state @returns {boolean} whether proposals can be asked for, and accepted */
export const mayPropose = (state) => state.isFacilitator && !state.session.ended && state.board === state.phase.board
  && !state.rounds.some(({ entry }) => entry.board === state.board && entry.state === 'open') && loneNotes(state).size >= FEWEST;

/** @param {Cluster[]} clusters @param {Map<string, any>} lone @returns {Cluster[]} without notes that have gone meanwhile; none of one note */
export const stillThere = (clusters, lone) => clusters
  .map((cluster) => ({ ...cluster, notes: cluster.notes.filter((id) => lone.has(id)) }))
  .filter(({ notes }) => notes.length > 1);

/**
 * What taking back would dissolve: clusters that still have the name and a note that they were made with.
 *
 * @param {{ name: string, notes: string[] }[]} made
 * @param {{ notes: readonly { id: string, entry: any }[], clusters: readonly { id: string, entry: any }[] }} state
 * @returns {string[]} clusters' ids
 */
export function madeClusters(made, { notes, clusters }) {
  const homes = new Map(notes.map(({ id, entry }) => [id, entry.cluster]));
  const names = new Map(clusters.map(({ id, entry }) => [id, entry.name]));
  const found = made.map(({ name, notes: own }) => own.map((id) => homes.get(id)).find((cluster) => cluster && names.get(cluster) === name));
  return [...new Set(found.filter(Boolean))];
}
