import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapMarks, placeAt, ringZones, stepsAt, stepsOf } from '../../web/app/map.js';
import { across, groupsOf, hasPicture, placeName } from '../../web/app/structure.js';

/** Places written `group/name` or `name`. */
const board = (structure, ...places) => ({
  name: 'B', structure, columns: places.map((place, index) => {
    const [name, group = ''] = place.split('/').reverse();
    return { id: `c${index}`, name, group, hint: '', paper: null };
  }),
});
const matrix = board('matrix', '3/x1', '3/x2', '2/x1', '2/x2', '1/x1', '1/x2');
const note = (id, column, cluster = null) => ({ id, entry: { column, cluster } });
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test('neighbours that share a heading are a group; a place without one is alone', () => {
  assert.deepEqual(groupsOf(board('ring', 'M', 'In/A', 'In/B', 'Out/C', 'D').columns).map(({ name, columns }) => [name, columns.map(({ id }) => id)]),
    [['', ['c0']], ['In', ['c1', 'c2']], ['Out', ['c3']], ['', ['c4']]]);
  assert.deepEqual(groupsOf([]), []);
});

test('grids, maps and cards have rows; other structures have none', () => {
  assert.equal(across(board('grid', 'R/A', 'R/B', 'S/A', 'S/B')), 2);
  assert.equal(across(matrix), 2);
  assert.equal(across(board('fields', '1/A', '1/B', '1/C', '2/A')), 3);
  assert.equal(across(board('fields', 'A', 'B')), 0);
  assert.equal(across(board('columns', 'G/A', 'G/B')), 0);
  assert.equal(across(undefined), 0);
});

test('the steps of a sequence have their number, other places their name', () => {
  const steps = board('sequence', 'A', 'B');
  assert.deepEqual(steps.columns.map((column) => placeName(steps, column)), ['1. A', '2. B']);
  assert.equal(placeName(steps, { id: 'gone', name: 'C' }), 'C');
  assert.equal(placeName(matrix, matrix.columns[0]), 'x1');
});

test('a map and rings are drawn', () => {
  assert.deepEqual(['list', 'columns', 'grid', 'matrix', 'fields', 'sequence', 'ring'].filter((structure) => hasPicture({ structure })), ['matrix', 'ring']);
  assert.equal(hasPicture(undefined), false);
});

test('each place of a map stands for a step on both axes, counted from the lower left', () => {
  assert.deepEqual(stepsOf(matrix), { across: 2, up: 3 });
  for (const { id } of matrix.columns) {
    const at = stepsAt(matrix, id);
    assert.equal(placeAt(matrix, at.across, at.up), id);
  }
  assert.deepEqual(stepsAt(matrix, 'c0'), { across: 1, up: 3 });
  assert.deepEqual(stepsAt(matrix, 'c5'), { across: 2, up: 1 });
  assert.equal(stepsAt(matrix, null), null);
});

test('a note that was not rated stands in its place; two in one place do not hide each other', () => {
  const [a, b, c] = mapMarks('b1', matrix, [note('n1', 'c5'), note('n2', 'c0'), note('n3', 'c0')], []);
  near(a.x, 0.75);
  near(a.y, 1 / 6);
  assert.equal(a.number, 1);
  assert.equal(a.spread, null);
  assert.notDeepEqual([b.x, b.y], [c.x, c.y]);
  for (const mark of [b, c]) assert.ok(mark.x > 0 && mark.x < 0.5 && mark.y > 2 / 3 && mark.y < 1, JSON.stringify(mark));
});

test('a rated note stands at its means, with the spread; a later round for an axis counts, one that is not told does not', () => {
  const figuresOf = (counts) => {
    const values = Object.entries(counts).flatMap(([value, count]) => Array.from({ length: count }, () => Number(value)));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { answers: values.length, mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) };
  };
  const round = (axis, counts, state = 'revealed', target = 'n1', boardID = 'b1') => ({ entry: {
    board: boardID, state, vote: { kind: 'scale', low: 1, high: 5, targets: 'notes', axis }, results: [{ target, counts, hands: {}, figures: [figuresOf(counts)] }] } });
  const square = board('matrix', '2/x1', '2/x2', '1/x1', '1/x2');
  const notes = [note('n1', 'c2')];
  const rounds = [round('across', { 1: 9 }), round('across', { 2: 1, 4: 1 }), round('up', { 5: 3 }), round('up', { 1: 1 }, 'closed'), round('up', { 1: 1 }, 'revealed', 'n1', 'b2')];
  const [mark] = mapMarks('b1', square, notes, rounds);
  near(mark.x, (0.5 + 0.5) / 2);
  near(mark.y, 0.75);
  near(mark.spread.x, 0.25 / 2);
  near(mark.spread.y, 0);
  const [half] = mapMarks('b1', square, notes, [round('up', { 5: 3 })]);
  near(half.x, 0.25);
  assert.equal(half.spread, null);
  const [ofCluster] = mapMarks('b1', square, [note('n1', 'c2', 'c7')], [round('up', { 5: 1 }, 'revealed', 'c7')]);
  near(ofCluster.y, 0.75);
  // A round that asked for both at once tells both.
  const both = { entry: { board: 'b1', state: 'revealed', vote: { kind: 'matrix', across: { steps: 2 }, up: { steps: 2 }, targets: 'notes' },
    results: [{ target: 'n1', counts: { 12: 1, 22: 1 }, hands: {}, figures: [{ axis: 'across', mean: 1.5, deviation: 0.5 }, { axis: 'up', mean: 2, deviation: 0 }] }] } };
  const [placed] = mapMarks('b1', square, notes, [both]);
  near(placed.x, 0.5);
  near(placed.y, 0.75);
  near(placed.spread.x, 0.25);
});

test('marks that would overlap are pushed aside, on the map and in order', () => {
  const crowd = mapMarks('b1', matrix, Array.from({ length: 12 }, (_, index) => note(`n${index}`, 'c4')), []);
  for (const a of crowd) {
    assert.ok(a.x > 0 && a.x < 1 && a.y > 0 && a.y < 1);
    for (const b of crowd) if (a !== b) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 0.05, `${a.number} and ${b.number}`);
  }
  assert.deepEqual(crowd.map(({ number }) => number), Array.from({ length: 12 }, (_, index) => index + 1));
});

test('rings lie around the centre without gaps, each cut into its places', () => {
  const zones = ringZones(board('ring', 'M', 'In/A', 'In/B', 'Out'));
  assert.deepEqual(zones.map(({ ring }) => ring), [0, 1, 1, 2]);
  near(zones[0].outer, zones[1].inner);
  near(zones[2].outer, zones[3].inner);
  near(zones[3].outer, 1);
  near(zones[1].to, Math.PI);
  near(zones[2].from, Math.PI);
  near(zones[3].to - zones[3].from, 2 * Math.PI);
});
