import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loneNotes, madeClusters, mayPropose, stillThere } from '../../web/console/proposal-model.js';

const note = (id, cluster = null, board = 'b1') => ({ id, entry: { board, cluster, text: id } });
const state = (changes = {}) => ({
  board: 'b1', notes: ['n1', 'n2', 'n3', 'n4'].map((id) => note(id)), phase: { board: 'b1' }, session: { ended: false }, rounds: [], clusters: [],
  isFacilitator: true, ...changes,
});

test('lone notes are those of the board that are in no cluster', () => {
  const notes = [note('n1'), note('n2', 'c1'), note('n3', null, 'b2')];
  assert.deepEqual([...loneNotes(state({ notes })).keys()], ['n1']);
});

test('a proposal is asked for by the facilitator, on the current board, while the clusters can change', () => {
  assert.ok(mayPropose(state()));
  const round = { entry: { board: 'b1', state: 'open' } };
  for (const changes of [
    { isFacilitator: false }, { session: { ended: true } }, { board: 'b2' }, { rounds: [round] }, { notes: [note('n1'), note('n2')] },
  ]) assert.ok(!mayPropose(state(changes)), JSON.stringify(changes));
  assert.ok(mayPropose(state({ rounds: [{ entry: { ...round.entry, state: 'closed' } }, { entry: { ...round.entry, board: 'b2' } }] })));
});

test('what has gone into a cluster or away meanwhile is left out, and a cluster of one with it', () => {
  const clusters = [{ name: 'A', column: null, notes: ['n1', 'n2', 'n9'] }, { name: 'B', column: null, notes: ['n3', 'n5'] }];
  assert.deepEqual(stillThere(clusters, loneNotes(state())), [{ name: 'A', column: null, notes: ['n1', 'n2'] }]);
});

test('taking back finds what was made, and nothing that others made or renamed', () => {
  const made = [{ name: 'A', notes: ['n1', 'n2'] }, { name: 'B', notes: ['n3', 'n4'] }, { name: 'C', notes: ['n7'] }];
  const notes = [note('n1', 'c5'), note('n2', 'c1'), note('n3', 'c2'), note('n4', 'c2')];
  const clusters = [{ id: 'c1', entry: { name: 'A' } }, { id: 'c2', entry: { name: 'another name' } }, { id: 'c5', entry: { name: 'theirs' } }];
  assert.deepEqual(madeClusters(made, { notes, clusters }), ['c1']);
});
