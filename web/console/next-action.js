/**
 * The one best thing for the facilitator to do now. Pure: state in, a suggestion out, no DOM and no words of its own.
 *
 * @typedef {object} Situation
 * @property {boolean} ended whether the workshop is over
 * @property {any} phase the room's `phase` entry
 * @property {{ id: string, entry: any }[]} phases the run sheet, in order
 * @property {{ id: string, entry: any }[]} rounds all rounds
 * @property {any} totals the room's `totals` entry
 * @property {any} timer the room's `timer` entry, or undefined
 * @property {boolean} doorOpen
 * @property {import('../app/speakers.js').turnout} [turnout] how far the open round has come
 * @property {number} held notes waiting to be let onto the board
 *
 * @typedef {object} Suggestion
 * @property {string} id which act; the console knows what to do for each
 * @property {string} hint key of the sentence above the button
 * @property {Record<string, any>} params for the button's words and the hint
 * @property {boolean} [waiting] there is good reason to wait before pressing it
 *
 * @param {Situation} situation
 * @returns {Suggestion}
 */
export function nextAction({ ended, phase, phases, rounds, totals, timer, doorOpen, held, turnout }) {
  if (ended) return { id: 'download', hint: 'ended', params: {} };
  // Of devices: those at a table write, and are ready, as one.
  const people = totals.room + totals.remote - (totals.atTables ?? 0) + (totals.tables ?? 0);
  const at = phases.findIndex(({ entry }) => entry.current);
  const next = phases[at + 1];
  const running = timer?.state === 'running' || timer?.state === 'paused';

  const open = rounds.find(({ entry }) => entry.state === 'open');
  if (open) {
    const { all, few, voted, of } = turnout ?? { all: people > 0 && open.entry.voters >= people, few: false, voted: open.entry.voters, of: people };
    return {
      id: 'close-round', hint: all ? 'all-voted' : few ? 'nearly' : 'voting', waiting: !all && timer?.state !== 'ended',
      params: { round: open.id, count: voted, people: of },
    };
  }
  const closed = rounds.filter(({ entry }) => entry.phase === phase.id && entry.state === 'closed').at(-1);
  if (closed) return { id: 'reveal-round', hint: 'counted', params: { round: closed.id } };

  if (people === 0 && !doorOpen) return { id: 'open-door', hint: 'door-closed', params: {} };
  if (held > 0) return { id: 'review-held', hint: 'held', params: { count: held } };

  const writes = phase.may.includes('add');
  // What groups write goes on by being chosen, what a phase that goes on by itself holds as well: neither waits for a reveal.
  const isPrivate = phase.visibility !== 'everyone' && !phase.revealed;
  const goesOn = Boolean(phase.grouping || phase.advances) && next;
  if (writes && !running && timer?.state !== 'ended' && phase.minutes > 0 && totals.writers === 0 && people > 0) {
    return { id: 'start-timer', hint: isPrivate ? 'start-private' : 'start', params: { count: phase.minutes } };
  }
  if (isPrivate && totals.notes > 0 && !goesOn) {
    const all = people > 0 && totals.writers >= people;
    const done = timer?.state === 'ended' || all;
    return {
      id: 'reveal-phase', hint: all ? 'all-wrote' : done ? 'time-up-private' : 'writing', waiting: !done,
      params: { phase: phase.id, count: totals.writers, people },
    };
  }
  if (phase.vote && !rounds.some(({ entry }) => entry.phase === phase.id)) {
    return { id: 'open-round', hint: 'vote', params: {} };
  }
  if (people === 0 && at <= 0) return { id: 'show-door', hint: 'nobody-yet', params: {} };
  if (!next) return { id: 'end', hint: 'last', params: {} };
  if (phase.advances && running) return { id: 'next-phase', waiting: true, hint: 'by-itself', params: { phase: next.id, name: next.entry.name } };
  const busy = running && totals.ready < people;
  const ready = people > 0 && totals.ready >= people;
  return {
    id: 'next-phase', waiting: busy, params: { phase: next.id, name: next.entry.name, count: totals.ready, people },
    hint: ready ? 'all-ready' : timer?.state === 'ended' ? 'time-up' : busy ? 'running' : 'go-on',
  };
}
