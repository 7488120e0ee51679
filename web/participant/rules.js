/**
 * What one may do now, so that only controls that work are shown. The server decides all the same; this is its rule
 * retold for one screen, and where the two differ the server's refusal is shown. No DOM.
 *
 * @typedef {{ add: boolean, editOwn: boolean, editAny: boolean, move: boolean, cluster: boolean, vote: boolean,
 *   withdraw: boolean, share: boolean, signal: boolean, closed: null | 'ended' | 'locked' | 'input-closed' | 'reading' | 'observer' }} Permissions
 *   `closed` says in one word why nothing can be written; null when something can
 */

/**
 * @param {{ role?: string, session?: any, phase?: any, waits?: string }} state the role, the `session` and `phase` entries, and what
 *   one waits for
 * @returns {Permissions}
 */
export function permissions({ role, session, phase, waits }) {
  const isMember = role === 'participant' || role === 'helper' || role === 'facilitator';
  const none = { add: false, editOwn: false, editAny: false, move: false, cluster: false, vote: false, withdraw: false, share: false, signal: false };
  if (!isMember) return { ...none, closed: 'observer' };
  // Taking one's own words back is allowed always, after the end too.
  const always = { ...none, withdraw: true };
  if (!session || !phase || waits) return { ...always, closed: null };
  if (session.ended) return { ...always, closed: 'ended' };
  const signal = role === 'participant';
  if (session.locked) return { ...always, signal, closed: 'locked' };
  if (phase.inputClosed) return { ...always, signal, closed: 'input-closed' };
  const may = new Set(role === 'helper' ? phase.helpersMay : phase.may);
  const acts = Object.fromEntries(['add', 'editOwn', 'editAny', 'move', 'cluster', 'vote'].map((act) => [act, may.has(act)]));
  return { ...always, ...acts, share: acts.editOwn, signal, closed: may.size === 0 ? 'reading' : null };
}

/**
 * @param {any} note a merged note entry
 * @param {Permissions} may
 * @returns {boolean} whether its text may be changed by whoever asks
 */
export function mayEdit(note, may) {
  if (note.publication === 'redacted') return false;
  return note.mine ? may.editOwn || may.editAny : may.editAny || (note.shared === true && may.editOwn);
}

/** Who will see what is written now: the last part of a promise’s key in the texts. @param {any} phase */
export function promise(phase) {
  if (phase.visibility !== 'everyone' && !phase.revealed) return phase.visibility;
  return phase.moderated ? 'moderated' : 'everyone';
}

/**
 * @param {any} phase
 * @param {readonly { entry: any }[]} notes all notes
 * @param {number} waiting notes not sent yet
 * @returns {number | null} how many more notes one may write in the phase; null when it sets no limit
 */
export function notesLeft(phase, notes, waiting) {
  if (!phase.notesEach) return null;
  const written = notes.filter(({ entry }) => entry.mine && entry.phase === phase.id).length;
  return Math.max(0, phase.notesEach - written - waiting);
}

/**
 * @param {any} round
 * @param {Record<string, number>} votes target → value
 * @returns {{ left: number, given: number }} how many dots are left, or how many targets have got a value
 */
export function votesLeft(round, votes) {
  const values = Object.values(votes);
  const given = round.vote.kind === 'dots' ? values.reduce((sum, value) => sum + value, 0) : values.length;
  return { given, left: round.vote.kind === 'dots' ? Math.max(0, round.vote.budget - given) : 0 };
}

/**
 * What a round is about, in the order of the board: clusters, then notes that stand alone; or every note.
 *
 * @param {any} round
 * @param {import('../app/outline.js').Outline} outline of the round's board
 * @returns {{ id: string, name: string, notes: any[] | null, note: any | null, column: string }[]}
 */
export function targets(round, outline) {
  return outline.columns.flatMap((column) => {
    const ofNote = (item) => ({ id: item.id, name: item.entry.text, notes: null, note: item.entry, column: column.name });
    const clustered = column.clusters.flatMap((cluster) => (round.vote.targets === 'clusters'
      ? [{ id: cluster.id, name: cluster.name, notes: cluster.notes, note: null, column: column.name }]
      : cluster.notes.map(ofNote)));
    return [...clustered, ...column.loose.map(ofNote)];
  });
}
