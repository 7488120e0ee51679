/**
 * Shows one's own acts at once: what the server said, with what it has not answered yet laid over it. A refusal takes the
 * command out of `pending`, and with it everything it seemed to have done. No DOM.
 *
 * @typedef {import('../app/outbox.js').Pending} Pending
 */

/**
 * The notes not on the server yet.
 *
 * @param {readonly Pending[]} pending
 * @param {readonly { entry: any }[]} notes as the server has them: a note that has arrived is no longer pending, even
 *   while its `ack` is under way
 * @returns {{ id: string, entry: any, state: 'unsent' | 'sending', pending: Pending }[]} oldest first
 */
export function unsentNotes(pending, notes) {
  const arrived = new Set(notes.filter(({ entry }) => entry.mine).map(({ entry }) => entry.ref));
  return pending.filter(({ type, ref }) => type === 'note.add' && (ref === null || !arrived.has(ref))).map((command) => ({
    id: command.id, pending: command, state: command.state === 'sent' ? 'sending' : 'unsent',
    entry: { text: command.members.text, paper: command.members.paper, column: command.members.column ?? null, mine: true },
  }));
}

/**
 * The notes as they will be when everything has arrived.
 *
 * @template {{ id: string, key: string, entry: any }} Item
 * @param {readonly Item[]} notes
 * @param {readonly Pending[]} pending
 * @returns {readonly Item[]} the same items where nothing is under way; a changed one has `entry.pendingState`
 */
export function withPendingNotes(notes, pending) {
  const changes = new Map();
  const change = (id, members, state) => changes.set(id, { ...changes.get(id), ...members, pendingState: state });
  for (const { type, members, state } of pending) {
    const shown = state === 'sent' ? 'sending' : 'unsent';
    if (type === 'note.edit') change(members.note, { text: members.text }, shown);
    else if (type === 'note.withdraw') change(members.note, { withdrawn: true }, shown);
    else if (type === 'note.share') change(members.note, { shared: true }, shown);
  }
  if (changes.size === 0) return notes;
  return notes.filter(({ id }) => !changes.get(id)?.withdrawn).map((item) => {
    const changed = changes.get(item.id);
    return changed ? { ...item, entry: { ...item.entry, ...changed } } : item;
  });
}

/**
 * @param {Record<string, number>} votes of the own `round/r…` entry
 * @param {readonly Pending[]} pending
 * @param {string} round
 * @returns {Record<string, number>} target → value
 */
export function withPendingVotes(votes, pending, round) {
  const result = { ...votes };
  for (const { type, members } of pending) {
    if (type !== 'vote.cast' || members.round !== round) continue;
    if (members.value === null || members.value === undefined) delete result[members.target];
    else result[members.target] = members.value;
  }
  return result;
}

/**
 * @param {any} me the `me` entry
 * @param {readonly Pending[]} pending
 * @returns {any}
 */
export function withPendingMe(me, pending) {
  const result = { ...me };
  for (const { type, members } of pending) {
    if (type === 'ready.set') result.ready = members.ready;
    else if (type === 'hand.set') result.raised = members.raised;
    else if (type === 'me.rename') result.name = members.name;
  }
  return result;
}
