/**
 * A workshop's history as its room saw it (protocol.md, Y), ready to be gone through to and fro. No DOM.
 *
 * @typedef {{ sequence: number, at: number, set: Record<string, any>, drop: string[] }} Step
 * @typedef {{ begins: number, after: number, last: number, head: number, base?: { sequence: number, at: number, set: Record<string, any> }, steps: Step[] }} Page
 * @typedef {{ index: number, at: number, kind: 'phase' | 'reveal' | 'round-open' | 'round-closed' | 'round-revealed' | 'end', id?: string, name: string }} Mark
 */

/** So many steps lie at most between a moment and a picture of it that is kept whole. */
const KEYFRAME = 250;

/** Moments from 0, the beginning, to `length` − 1, the last. */
export class History {
  #steps = [];
  #frames = [];
  #state = new Map();
  /** @type {Mark[]} what one may jump to, in order */
  marks = [];
  /** Whether the log's beginning is gone, so that it begins later. */
  isCut = false;

  /** @param {Page} page the first, then each that follows it */
  add({ begins, base, steps }) {
    if (base) {
      this.isCut = begins > 0;
      this.#take({ sequence: base.sequence, at: base.at || steps[0]?.at || 0, set: base.set, drop: [] });
    }
    for (const step of steps) this.#take(step);
  }

  #take(step) {
    const index = this.#steps.length;
    this.#mark(step, index);
    this.#steps.push(step);
    apply(this.#state, step);
    if (index % KEYFRAME === 0) this.#frames.push(new Map(this.#state));
  }

  #mark({ at, set }, index) {
    const put = (kind, name, id) => this.marks.push({ index, at, kind, name, ...(id && { id }) });
    const was = (key) => this.#state.get(key);
    const { phase, session } = set;
    if (phase && phase.id !== was('phase')?.id) put('phase', phase.name, phase.id);
    else if (phase?.revealed && !was('phase')?.revealed) put('reveal', phase.name, phase.id);
    for (const [key, round] of Object.entries(set)) {
      if (!key.startsWith('round/') || round.state === was(key)?.state) continue;
      put({ open: 'round-open', closed: 'round-closed', revealed: 'round-revealed' }[round.state], round.title, key.slice(6));
    }
    if (session?.ended && !was('session')?.ended) put('end', session.title);
  }

  get length() { return this.#steps.length; }

  /** @param {number} index @returns {number} when that was */
  timeAt(index) { return this.#steps[index]?.at ?? 0; }

  /** @param {number} index @returns {Map<string, any>} everything that the room showed then, by key */
  stateAt(index) {
    const frame = Math.floor(index / KEYFRAME);
    const state = new Map(this.#frames[frame]);
    for (let at = frame * KEYFRAME + 1; at <= index; at += 1) apply(state, this.#steps[at]);
    return state;
  }

  /** @param {number} time @returns {number} the last moment that is not after it */
  indexAt(time) {
    let [low, high] = [0, this.#steps.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#steps[middle].at <= time) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
}

function apply(state, { set, drop }) {
  for (const [key, entry] of Object.entries(set)) state.set(key, entry);
  for (const key of drop) state.delete(key);
}

/** @param {Map<string, any>} state @param {string} prefix @returns {{ id: string, key: string, entry: any }[]} in order of age */
export const entriesOf = (state, prefix) => [...state].filter(([key]) => key.startsWith(prefix))
  .map(([key, entry]) => ({ id: key.slice(prefix.length), key, entry }))
  .sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
