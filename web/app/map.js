/**
 * Where things stand on a matrix and on rings. No DOM.
 *
 * @typedef {import('./structure.js').Board} Board
 * @typedef {{ id: string, number: number, x: number, y: number, spread: { x: number, y: number } | null }} Mark  a note on a
 *   map: `x` and `y` from 0 to 1, from the lower left; `spread` where both were rated, in the same measure
 * @typedef {{ id: string, name: string, ring: number, inner: number, outer: number, from: number, to: number }} Zone  a part
 *   of a ring: radii from 0 to 1, angles in radians, clockwise from the top
 */

import { isRating } from './results.js';
import { groupsOf } from './structure.js';

/** How many steps a matrix has. @param {Board} board @returns {{ across: number, up: number }} */
export function stepsOf(board) {
  const rows = groupsOf(board.columns);
  return { across: rows[0]?.columns.length ?? 1, up: rows.length };
}

/** @param {Board} board @param {number} x from 1, to the right @param {number} y from 1, upwards @returns {string | undefined} the place there */
export function placeAt(board, x, y) {
  const steps = stepsOf(board);
  return board.columns[(steps.up - y) * steps.across + x - 1]?.id;
}

/** @param {Board} board @param {string | null} place @returns {{ across: number, up: number } | null} the steps a place stands for */
export function stepsAt(board, place) {
  const index = board.columns.findIndex(({ id }) => id === place);
  if (index < 0) return null;
  const steps = stepsOf(board);
  return { across: (index % steps.across) + 1, up: steps.up - Math.floor(index / steps.across) };
}

/** What the last told round for each axis says of its targets. @returns {{ across: Map<string, any>, up: Map<string, any> }} */
function ratings(boardID, rounds) {
  const told = { across: new Map(), up: new Map() };
  for (const { entry } of rounds) {
    if (!isRating(entry.vote) || entry.board !== boardID || entry.state !== 'revealed') continue;
    for (const axis of ['across', 'up']) {
      if (entry.vote.kind === 'scale' && entry.vote.axis !== axis) continue;
      const [low, high] = entry.vote.kind === 'scale' ? [entry.vote.low, entry.vote.high] : [1, entry.vote[axis].steps];
      told[axis] = new Map((entry.results ?? []).flatMap(({ target, figures = [] }) => figures
        .filter((one) => (one.axis ?? axis) === axis)
        .map(({ mean, deviation }) => [target, { share: (mean - low) / (high - low), spread: deviation / (high - low) }])));
    }
  }
  return told;
}

/**
 * The notes of a matrix as marks: where the means of their ratings are, or else in the middle of their place.
 *
 * @param {string} boardID
 * @param {Board} board
 * @param {readonly { id: string, entry: any }[]} notes of this board, in the order they are numbered
 * @param {readonly { entry: any }[]} rounds
 * @returns {Mark[]}
 */
export function mapMarks(boardID, board, notes, rounds) {
  const steps = stepsOf(board);
  const told = ratings(boardID, rounds);
  const rated = (axis, note) => told[axis].get(note.id) ?? told[axis].get(note.entry.cluster);
  // The lowest and the highest value stand in the middle of the first and the last step.
  const spot = (share, count) => (0.5 + share * (count - 1)) / count;
  const inPlace = new Map();
  const marks = notes.map((note, index) => {
    const place = stepsAt(board, note.entry.column) ?? { across: 1, up: 1 };
    const [x, y] = [rated('across', note), rated('up', note)];
    const mark = {
      id: note.id, number: index + 1,
      x: x ? spot(x.share, steps.across) : (place.across - 0.5) / steps.across,
      y: y ? spot(y.share, steps.up) : (place.up - 0.5) / steps.up,
      spread: x && y ? { x: x.spread * (steps.across - 1) / steps.across, y: y.spread * (steps.up - 1) / steps.up } : null,
    };
    const key = `${mark.x.toFixed(3)}/${mark.y.toFixed(3)}`;
    if (!inPlace.has(key)) inPlace.set(key, []);
    inPlace.get(key).push(mark);
    return mark;
  });
  // Those on the same spot stand around it, so that none hides another.
  for (const together of inPlace.values()) {
    const wide = Math.ceil(Math.sqrt(together.length));
    const high = Math.ceil(together.length / wide);
    const step = { x: Math.min(0.34, 0.8 / wide) / steps.across, y: Math.min(0.34, 0.8 / high) / steps.up };
    together.forEach((mark, index) => {
      mark.x += ((index % wide) - (wide - 1) / 2) * step.x;
      mark.y -= (Math.floor(index / wide) - (high - 1) / 2) * step.y;
    });
  }
  return keepApart(marks);
}

/** Nearer than this, in shares of the map's side, one mark would hide another's number. */
const APART = 0.058;

/** Pushes marks that overlap a little aside, so that every number can be read. */
function keepApart(marks) {
  if (marks.length > 200) return marks;
  for (let round = 0; round < 12; round += 1) {
    let moved = false;
    for (let a = 0; a < marks.length; a += 1) {
      for (let b = a + 1; b < marks.length; b += 1) {
        const [dx, dy] = [marks[b].x - marks[a].x, marks[b].y - marks[a].y];
        const far = Math.hypot(dx, dy);
        if (far >= APART - 1e-9) continue;
        const push = (APART - far) / 2;
        const [ux, uy] = far > 0 ? [dx / far, dy / far] : [1, 0];
        for (const [mark, way] of [[marks[a], -1], [marks[b], 1]]) {
          mark.x = Math.min(0.98, Math.max(0.02, mark.x + way * ux * push));
          mark.y = Math.min(0.98, Math.max(0.02, mark.y + way * uy * push));
        }
        moved = true;
      }
    }
    if (!moved) break;
  }
  return marks;
}

/**
 * The parts of a ring's picture: the centre, then rings around it, each cut into as many parts as it has places.
 *
 * @param {Board} board
 * @returns {Zone[]} in the order of the places
 */
export function ringZones(board) {
  const groups = groupsOf(board.columns);
  return groups.flatMap(({ columns }, ring) => columns.map(({ id, name }, index) => ({
    id, name, ring, inner: ring / groups.length, outer: (ring + 1) / groups.length,
    from: (index / columns.length) * 2 * Math.PI, to: ((index + 1) / columns.length) * 2 * Math.PI,
  })));
}
