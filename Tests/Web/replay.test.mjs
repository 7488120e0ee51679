import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History, entriesOf } from '../../web/app/replay.js';

const phase = (id, name, revealed = false) => ({ id, name, revealed });
const step = (sequence, set, drop = []) => ({ sequence, at: sequence * 1000, set, drop });

test('any moment is what the steps up to it add up to, wherever whole pictures are kept', () => {
  const history = new History();
  const steps = Array.from({ length: 1200 }, (_, index) => (index % 3 === 2 ? step(index + 1, {}, [`note/n${index - 1}`]) : step(index + 1, { [`note/n${index}`]: { text: `${index}` }, totals: { notes: index } })));
  history.add({ begins: 0, base: { sequence: 0, at: 0, set: {} }, steps: steps.slice(0, 700) });
  history.add({ begins: 0, steps: steps.slice(700) });
  assert.equal(history.length, 1201);
  const state = new Map();
  for (const [index, one] of steps.entries()) {
    for (const [key, entry] of Object.entries(one.set)) state.set(key, entry);
    for (const key of one.drop) state.delete(key);
    if ([0, 1, 248, 249, 250, 251, 699, 700, 1199].includes(index)) assert.deepEqual([...history.stateAt(index + 1)], [...state], `${index}`);
  }
  assert.equal(history.stateAt(0).size, 0);
  assert.equal(history.indexAt(0), 0);
  assert.equal(history.timeAt(history.indexAt(5500)), 5000);
  assert.equal(history.indexAt(10 ** 9), 1200);
});

test('marks: phases, reveals, the states of rounds and the end, each once', () => {
  const history = new History();
  history.add({ begins: 0, base: { sequence: 0, at: 0, set: {} }, steps: [
    step(1, { session: { title: 'T', ended: false }, phase: phase('f1', 'Write') }), step(2, { phase: phase('f1', 'Write more') }), step(3, { phase: phase('f1', 'Write more', true) }),
    step(4, { phase: phase('f2', 'Vote', true) }), step(5, { 'round/r1': { state: 'open', title: 'Which?' } }), step(6, { 'round/r1': { state: 'open', title: 'Which?', voters: 2 } }),
    step(7, { 'round/r1': { state: 'closed', title: 'Which?' } }), step(8, { 'round/r1': { state: 'revealed', title: 'Which?' } }), step(9, { session: { title: 'T', ended: true } }),
  ] });
  assert.deepEqual(history.marks.map(({ index, kind, name }) => [index, kind, name]), [
    [1, 'phase', 'Write'], [3, 'reveal', 'Write more'], [4, 'phase', 'Vote'], [5, 'round-open', 'Which?'], [7, 'round-closed', 'Which?'], [8, 'round-revealed', 'Which?'], [9, 'end', 'T'],
  ]);
  assert.equal(history.isCut, false);
});

test('a history that begins later says so', () => {
  const history = new History();
  history.add({ begins: 40, base: { sequence: 40, at: 40_000, set: { 'note/n10': { text: 'b' }, 'note/n2': { text: 'a' } } }, steps: [] });
  assert.equal(history.isCut, true);
  assert.deepEqual(entriesOf(history.stateAt(0), 'note/').map(({ id }) => id), ['n2', 'n10']);
  assert.equal(history.timeAt(0), 40_000);
});
