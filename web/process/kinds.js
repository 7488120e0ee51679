/** The kinds of items that a process holds, in the order the work goes (protocol.md, Q). No DOM. */

/** The fields of a kind, beside its text; each a text of at most 500 characters. `outcome` is one of `OUTCOMES`. */
export const FIELDS = Object.freeze({
  need: ['who', 'need', 'because'],
  test: ['assumption', 'method', 'measure', 'threshold'],
  learning: ['observed', 'insight', 'next'],
  decision: ['outcome', 'why'],
});

/** How a test may end. */
export const OUTCOMES = Object.freeze(['continue', 'change', 'stop']);

/** Where an item stands. */
export const STATES = Object.freeze(['open', 'chosen', 'set-aside']);

/** Kind → the step it usually belongs to, in the order of work. */
export const KINDS = Object.freeze({
  frame: 1, actor: 1, question: 1, barrier: 1, enabler: 1, need: 2, idea: 3, test: 4, learning: 5, decision: 5,
});

/** What each step is there to bring about; the next best action asks for it. */
export const EXPECTED = Object.freeze({ 1: 'frame', 2: 'need', 3: 'idea', 4: 'test', 5: 'decision' });

/** What usually is made of an item of a kind. */
export const NEXT_KIND = Object.freeze({
  frame: 'question', actor: 'need', question: 'need', barrier: 'need', enabler: 'idea', need: 'idea', idea: 'test', test: 'learning', learning: 'decision', decision: 'test',
});

/** The five steps of the guide. */
export const STEPS = Object.freeze([1, 2, 3, 4, 5]);
