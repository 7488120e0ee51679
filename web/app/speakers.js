/** What the list of speakers says (protocol.md, D). Pure: entries in, numbers and words' keys out. */

/**
 * @typedef {{ id: string, kind: 'speech' | 'reply', via: 'room' | 'remote', name?: string, proxy?: boolean }} Line
 *
 * @param {any} speakers the room's `speakers` entry, or undefined while there is no list
 * @param {any} me the own `me` entry
 * @returns {{ isMyTurn: boolean, mine: Record<'speech' | 'reply', null | { id: string, place: number }>, mayReply: boolean, mayAsk: boolean }}
 *   `place` is one's place in the queue, from 1
 */
export function standing(speakers, me) {
  const asks = new Set(me?.asks ?? []);
  const queue = speakers?.queue ?? [];
  const own = (kind) => {
    const at = queue.findIndex((line) => line.kind === kind && asks.has(line.id));
    return at < 0 ? null : { id: queue[at].id, place: at + 1 };
  };
  const isMyTurn = Boolean(speakers?.current && asks.has(speakers.current.id));
  return {
    isMyTurn, mine: { speech: own('speech'), reply: own('reply') },
    mayReply: Boolean(speakers?.current) && !isMyTurn, mayAsk: speakers?.state === 'open',
  };
}

/** @param {Line} line @returns {number} the number that stands for somebody without a name */
export const speakerNumber = ({ id }) => Number(id.slice(1));

/**
 * How long somebody has spoken, by the server's clock.
 *
 * @param {{ since: number, seconds: number }} current
 * @param {number} now the server's clock in milliseconds
 * @returns {{ seconds: number, isOver: boolean }} whole seconds left, or so many over; those spoken when there is no limit
 */
export function speaking({ since, seconds }, now) {
  const spoken = Math.max(0, Math.floor((now - since) / 1000));
  if (!seconds) return { seconds: spoken, isOver: false };
  return spoken < seconds ? { seconds: seconds - spoken, isOver: false } : { seconds: spoken - seconds, isOver: true };
}

/**
 * How far a round has come, in numbers that point at nobody (docs/security-privacy.md).
 *
 * @param {any} round an open round's entry
 * @param {string} id of the round
 * @param {any} totals the room's `totals` entry
 * @param {any} presence the last `presence`, or null
 * @returns {{ voted: number, of: number, all: boolean, few: boolean, done: number | null }} devices that have voted, of those
 *   with a vote; `few`: not all, but so few are missing that no number is told; `done`: how many have given all they have, or
 *   null when that number would point at somebody
 */
export function turnout(round, id, totals, presence) {
  const of = totals.room + totals.remote - (totals.atTables ?? 0) + (totals.tables ?? 0);
  const voted = round.voters + (round.tables ?? 0);
  const told = presence?.turnout?.round === id ? presence.turnout : null;
  const missing = told ? told.missing : Math.max(0, of - voted);
  const all = voted > 0 && missing === 0 && (told ? told.present > 0 : of > 0);
  const few = !all && of > 3 && missing > 0 && missing < 3;
  const done = round.done ?? 0;
  const rest = round.voters - done;
  return { voted, of, all, few, done: few || (rest > 0 && rest < 3) ? null : done };
}
