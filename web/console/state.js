import { turnout } from '../app/speakers.js';
import { byPublication } from './board-model.js';

const NO_TOTALS = { room: 0, remote: 0, ready: 0, hands: 0, notes: 0, writers: 0, withheld: 0 };

/**
 * Everything the console's views look at, read from the client once for each frame in which something changed.
 *
 * @param {import('../app/workshop-client.js').WorkshopClient} client
 * @param {string | null} [chosenBoard] a board the facilitator looks at instead of the current phase's
 * @returns {null | ReturnType<typeof read>} null until the workshop's first entries are here
 */
export function readState(client, chosenBoard = null) {
  return client.get('session') && client.get('phase', 'room') ? read(client, chosenBoard) : null;
}

function read(client, chosenBoard) {
  const phase = client.get('phase', 'room');
  const isFacilitator = client.role === 'facilitator';
  const phases = [...client.entries('phase/')].sort((a, b) => a.entry.position - b.entry.position);
  const boards = client.entries('board/');
  const board = boards.some(({ id }) => id === chosenBoard) ? chosenBoard : phase.board;
  const { published, held, redacted } = byPublication(client.entries('note/'));
  const totals = client.get('totals', 'room') ?? NO_TOTALS;
  const rounds = client.entries('round/');
  const open = rounds.find(({ entry }) => entry.state === 'open');
  return {
    isFacilitator,
    session: client.get('session'),
    retention: client.get('retention', 'room'),
    phase,
    phases,
    boards,
    board,
    structure: client.get(`board/${board}`),
    notes: published,
    held,
    redacted,
    clusters: client.entries('cluster/'),
    rounds,
    totals,
    people: totals.room + totals.remote,
    /** Devices, of which a table has one: what those who have written or are ready are counted of. */
    devices: totals.room + totals.remote - (totals.atTables ?? 0) + (totals.tables ?? 0),
    /** How far the open round has come, in numbers that point at nobody; null when none is open. */
    turnout: open ? turnout(open.entry, open.id, totals, client.presence) : null,
    speakers: client.get('speakers', 'room') ?? null,
    timer: client.get('timer', 'room'),
    spotlight: client.get('spotlight', 'room')?.item ?? null,
    door: client.get('door'),
    plan: client.get('plan'),
    undoSteps: client.get('undo')?.steps ?? 0,
    participants: client.entries('participant/'),
    groups: client.entries('group/'),
    isPrivate: phase.visibility !== 'everyone' && !phase.revealed,
    /** What this role may do just now; the facilitator may do everything on the current board. */
    may: (act) => !client.get('session').ended && (isFacilitator || phase.helpersMay.includes(act)),
  };
}

/** @param {ReturnType<typeof read>} state @param {string} target @returns {string | null} what a note or a cluster is called */
export function targetName(state, target) {
  const cluster = state.clusters.find(({ id }) => id === target);
  if (cluster) return cluster.entry.name;
  return state.notes.find(({ id }) => id === target)?.entry.text ?? null;
}
