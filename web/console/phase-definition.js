/** A phase's definition, as `phase.change` and `phase.add` take it (protocol.md, Commands). No DOM. */

/** What an entry tells beside the definition: where the phase is, and what has happened in it. */
const TOLD = new Set(['id', 'position', 'count', 'current', 'revealed', 'inputClosed', 'notes', 'writers', 'firstOpenedAt', 'openedAt', 'may', 'helpersMay', 'mine']);

/** A phase before anything was said of it. */
export const FRESH = {
  name: '', instruction: '', hint: '', minutes: 10, rhythm: 'plenary', participants: [], helpers: ['add', 'editAny', 'cluster', 'move', 'vote'],
  visibility: 'everyone', anonymity: 'all', notesEach: 0, moderated: false, timerClosesInput: false, vote: null, grouping: null, advances: false,
};

/** @param {any} entry a `phase/f…` entry @returns {any} all of its definition, also what this page does not know */
export const definitionOf = (entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => !TOLD.has(name)));

const STRENGTH = ['none', 'peers', 'all'];

/** Whether a promise of anonymity would be weaker than another (B3). */
export const isWeaker = (promise, than) => STRENGTH.indexOf(promise) < STRENGTH.indexOf(than);

/** What is worth knowing of a phase's rules, as keys of texts with their numbers, in a fixed order. */
export function rulesOf({ break: isBreak, participants, visibility, anonymity, rhythm, notesEach, moderated, timerClosesInput, vote }) {
  if (isBreak) return [['editor.rule.break']];
  const writes = participants.includes('add');
  return [
    [`console.rhythm.${rhythm}`],
    [participants.length ? 'editor.rule.may' : 'editor.rule.reads', { acts: participants }],
    writes && [`editor.rule.visibility.${visibility}`],
    writes && [`editor.rule.anonymity.${anonymity}`],
    writes && notesEach > 0 && ['editor.rule.notes-each', { count: notesEach }],
    moderated && ['editor.rule.moderated'],
    timerClosesInput && ['editor.rule.timer-closes'],
    vote && [`editor.rule.vote.${vote.kind}`, { count: vote.budget, low: vote.low, high: vote.high, across: vote.across?.name, up: vote.up?.name }],
  ].filter(Boolean);
}
