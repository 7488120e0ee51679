/**
 * How the places of a board stand to one another, by its structure (protocol.md, `board/b…`). No DOM.
 *
 * @typedef {{ id: string, name: string, hint: string, paper: string | null, group: string }} Place
 * @typedef {{ name: string, structure: string, columns: Place[], axes?: { across: Axis, up: Axis } }} Board
 * @typedef {{ name: string, low: string, high: string }} Axis
 */

/** Structures whose picture shows more than their places in reading order do. @param {Board | undefined} board */
export const hasPicture = (board) => board?.structure === 'matrix' || board?.structure === 'ring';

/**
 * Neighbours that share a heading: the rows of a grid, the cards of fields, the rings of a ring.
 *
 * @param {readonly Place[]} columns
 * @returns {{ name: string, columns: Place[] }[]} a place without a group is alone
 */
export function groupsOf(columns) {
  const groups = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last && column.group && last.name === column.group) last.columns.push(column);
    else groups.push({ name: column.group ?? '', columns: [column] });
  }
  return groups;
}

/** How many places stand beside one another in each row; 0 where the structure says nothing of it. @param {Board | undefined} board */
export function across(board) {
  if (!['grid', 'matrix', 'fields'].includes(board?.structure)) return 0;
  const [first] = groupsOf(board.columns);
  return first?.name ? first.columns.length : 0;
}

/** What a place is called: in a sequence with its number. @param {Board | undefined} board @param {Place} column */
export function placeName(board, column) {
  const name = column.name ?? '';
  if (board?.structure !== 'sequence') return name;
  const index = board.columns.findIndex(({ id }) => id === column.id);
  return index < 0 ? name : `${index + 1}. ${name}`;
}
