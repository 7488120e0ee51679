import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsOn, handsIn, numberOn, ratedRows, scalesOf, topicsOf, valueOf } from '../../web/app/rating.js';
import { isRating } from '../../web/app/results.js';
import { voteValues } from '../../web/console/vote-model.js';

const MATRIX = { kind: 'matrix', across: { name: 'Styrke', low: 'svak', high: 'sterk', steps: 5 }, up: { name: 'Kan endres', low: '', high: '', steps: 3 }, targets: 'notes' };
const SCALE = { kind: 'scale', low: -2, high: 2, targets: 'notes' };

test('[E7] a matrix has two scales from 1, and a value says a number on each', () => {
  const [across, up] = scalesOf(MATRIX);
  assert.deepEqual([across.name, across.low, across.high, across.highEnd, up.high], ['Styrke', 1, 5, 'sterk', 3]);
  for (const value of voteValues(MATRIX)) assert.equal(valueOf([numberOn(across, value), numberOn(up, value)]), value);
  assert.equal(voteValues(MATRIX).length, 15);
  const [scale] = scalesOf(SCALE);
  assert.equal(numberOn(scale, -2), -2);
  assert.equal(valueOf([-2]), -2);
  assert.deepEqual(['dots', 'stance', 'scale', 'matrix'].filter((kind) => isRating({ kind })), ['scale', 'matrix']);
});

test('how many gave each number of a scale, those that nobody gave too', () => {
  const [across, up] = scalesOf(MATRIX);
  const counts = { 13: 1, 33: 2, 31: 1 };
  assert.deepEqual(countsOn(across, counts).map(({ count }) => count), [1, 0, 3, 0, 0]);
  assert.deepEqual(countsOn(up, counts).map(({ count }) => count), [1, 0, 3]);
  assert.deepEqual(countsOn(scalesOf(SCALE)[0], { '-2': 4 }).map(({ number, count }) => [number, count]), [[-2, 4], [-1, 0], [0, 0], [1, 0], [2, 0]]);
});

test('rows: highest first, what is gone left out, what was before beside it, and what to talk about in the order given', () => {
  const result = (target, mean, discuss) => ({ target, counts: {}, hands: { 2: 3 }, figures: mean === null ? [] : [{ mean }], ...(discuss && { discuss }) });
  const round = { vote: SCALE, results: [result('n1', 1, { place: 2, why: 'outlier' }), result('n2', 3, { place: 1, why: 'divided' }), result('n3', null), result('n4', 9)] };
  const before = { results: [{ target: 'n1', figures: [{ mean: 2 }] }] };
  const describe = (target) => (target === 'n4' ? null : { name: `The ${target}` });
  const rows = ratedRows(round, before, describe);
  assert.deepEqual(rows.map(({ target }) => target), ['n2', 'n1', 'n3']);
  assert.deepEqual(rows.map((row) => row.before), [[], [{ mean: 2 }], []]);
  assert.deepEqual(ratedRows(round, undefined, describe).map((row) => row.before), [null, null, null]);
  assert.deepEqual(topicsOf(rows).map(({ target }) => target), ['n2', 'n1']);
  assert.equal(handsIn(rows[0].hands), 3);
});
