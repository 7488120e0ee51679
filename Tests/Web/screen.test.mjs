/** What the room screen shows, by the state alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseScene } from '../../web/screen/stage.js';

const phase = { id: 'f5', board: 'b1', may: [], helpersMay: [], vote: null };
const round = (state, board = 'b1') => ({ id: 'r1', entry: { phase: 'f4', board, state } });
const state = (changes) => ({
  spotlight: null, rounds: [], clusters: [], notes: [{ id: 'n1', entry: { board: 'b1' } }], phase, isPrivate: false,
  session: { ended: false }, totals: { notes: 0 }, door: { open: false }, ...changes,
});

test('where nobody has anything to do but look, the latest result of that board is shown', () => {
  assert.equal(chooseScene(state({ rounds: [round('revealed')] })).name, 'result');
  assert.equal(chooseScene(state({ rounds: [round('revealed', 'b2')] })).name, 'board');
  assert.equal(chooseScene(state({ rounds: [round('closed')] })).name, 'board');
});

test('back in a phase where somebody works, the board is shown whatever has been voted', () => {
  const gathering = { ...phase, id: 'f3', helpersMay: ['cluster'] };
  assert.equal(chooseScene(state({ phase: gathering, rounds: [round('revealed')] })).name, 'board');
});
