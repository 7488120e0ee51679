/**
 * Where a session is in its time: how long it is, when it ends, and how far behind or ahead it is. Pure: no clock, no DOM, no words.
 *
 * @typedef {{ id: string, entry: { minutes: number, break?: boolean, current: boolean, openedAt?: number, firstOpenedAt?: number } }} Item
 *   a phase of the run sheet (protocol.md, `phase/f…`)
 * @typedef {object} Times
 * @property {number} total minutes of all phases
 * @property {number} breaks minutes of those that are breaks
 * @property {number | null} endsAt when the last phase ends if all takes as long as it says, in milliseconds; null when it is over
 * @property {number | null} behind minutes that this is later than planned, negative for ahead; null while nothing is planned and nobody has moved on
 * @property {boolean} begun whether the session is under way
 * @property {Map<string, number>} starts when each phase that is still to come begins, in milliseconds
 *
 * @param {object} given
 * @param {Item[]} given.phases in order
 * @param {number} given.now in milliseconds
 * @param {number | null} [given.startAt] when it is to begin
 * @param {number | null} [given.secondsLeft] of the timer; null when there is none
 * @param {boolean} [given.ended]
 * @returns {Times}
 */
export function timesOf({ phases, now, startAt = null, secondsLeft = null, ended = false }) {
  const minutes = phases.map(({ entry }) => entry.minutes);
  const total = sum(minutes);
  const breaks = sum(phases.filter(({ entry }) => entry.break).map(({ entry }) => entry.minutes));
  const starts = new Map();
  const at = phases.findIndex(({ entry }) => entry.current);
  if (ended || at < 0) return { total, breaks, endsAt: null, behind: null, begun: true, starts };

  const moved = phases.some(({ entry }) => entry.firstOpenedAt !== undefined);
  const begun = startAt === null ? moved : now >= startAt;
  if (!begun) {
    const from = startAt ?? now;
    // What was opened before it begins is a look at it; it will be gone through from the beginning.
    phases.forEach(({ id }, index) => starts.set(id, from + sum(minutes.slice(0, index)) * 60_000));
    return { total, breaks, endsAt: from + total * 60_000, behind: null, begun, starts };
  }

  const left = secondsLeft === null ? remaining(phases[at].entry, now, startAt) : Math.max(0, secondsLeft / 60);
  let next = now + left * 60_000;
  for (const { id, entry } of phases.slice(at + 1)) {
    starts.set(id, next);
    next += entry.minutes * 60_000;
  }
  const planned = startAt ?? beginning(phases, minutes);
  const behind = planned === null ? null : Math.round((next - planned) / 60_000 - total);
  return { total, breaks, endsAt: next, behind: behind === 0 ? 0 : behind, begun, starts };
}

/** Minutes that the current phase still has by its own length, when no timer says it. */
function remaining({ minutes, openedAt }, now, startAt) {
  const since = Math.max(openedAt ?? startAt ?? now, startAt ?? 0);
  return Math.max(0, minutes - (now - since) / 60_000);
}

/** When it must have begun, for the phase that was opened first to be on time. */
function beginning(phases, minutes) {
  const opened = phases.map(({ entry }, index) => ({ at: entry.firstOpenedAt, before: sum(minutes.slice(0, index)) })).filter(({ at }) => at !== undefined);
  if (opened.length === 0) return null;
  const first = opened.reduce((a, b) => (b.at < a.at ? b : a));
  return first.at - first.before * 60_000;
}

const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);
