/** Composing a session: times, files of templates, places, and what a promise allows. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { timesOf } from '../../web/app/session-times.js';
import { MOST_BYTES, fits, inLanguage, placesIn, readTemplate, selection, translated } from '../../web/app/template-file.js';
import { STRUCTURES, definitionOfBoard, faultOf, freshPlan, placeCount, planOf } from '../../web/console/board-places.js';
import { definitionOf, isWeaker, rulesOf } from '../../web/console/phase-definition.js';

const MINUTE = 60_000;
const NOON = 1_795_478_400_000;
const sheet = (current, ...phases) => phases.map(([minutes, more], index) => ({ id: `f${index + 1}`, entry: { minutes, current: index === current, ...more } }));

test('before it begins, all is told from the planned start, or from now', () => {
  const phases = sheet(0, [10], [15, { break: true }], [20]);
  const planned = timesOf({ phases, now: NOON, startAt: NOON + 30 * MINUTE });
  assert.equal(planned.total, 45);
  assert.equal(planned.breaks, 15);
  assert.equal(planned.endsAt, NOON + 75 * MINUTE);
  assert.equal(planned.behind, null);
  assert.equal(planned.starts.get('f3'), NOON + 55 * MINUTE);
  assert.equal(timesOf({ phases, now: NOON }).endsAt, NOON + 45 * MINUTE);
  // Somebody looked through the phases beforehand.
  assert.equal(timesOf({ phases: sheet(1, [10], [15, { openedAt: NOON, firstOpenedAt: NOON }], [20]), now: NOON, startAt: NOON + 30 * MINUTE }).behind, null);
});

test('behind and ahead: by the planned start, by the phase opened first, and by the timer', () => {
  const at = (minutes) => NOON + minutes * MINUTE;
  // Opened 5 minutes late, 3 minutes in: 7 of its 10 are left.
  const late = sheet(1, [10], [10, { openedAt: at(15), firstOpenedAt: at(15) }], [20]);
  assert.equal(timesOf({ phases: late, now: at(18), startAt: at(0) }).behind, 5);
  assert.equal(timesOf({ phases: late, now: at(18), startAt: at(0) }).endsAt, at(45));
  // It has run over its time.
  assert.equal(timesOf({ phases: late, now: at(28), startAt: at(0) }).behind, 8);
  // More time was given.
  assert.equal(timesOf({ phases: late, now: at(18), startAt: at(0), secondsLeft: 600 }).behind, 8);
  const ahead = sheet(2, [10], [10, { openedAt: at(8), firstOpenedAt: at(8) }], [20, { openedAt: at(14), firstOpenedAt: at(14) }]);
  assert.equal(timesOf({ phases: ahead, now: at(14), startAt: at(0) }).behind, -6);
  // Nothing planned: what was opened first was on time.
  assert.equal(timesOf({ phases: ahead, now: at(14) }).behind, -4);
  assert.equal(timesOf({ phases: sheet(0, [10], [5]), now: at(3) }).behind, null);
  // Back to an earlier phase: the rest is before one again.
  const back = sheet(0, [10, { openedAt: at(12), firstOpenedAt: at(12) }], [10, { openedAt: at(10), firstOpenedAt: at(10) }]);
  assert.equal(timesOf({ phases: back, now: at(12), startAt: at(0) }).behind, 12);
});

test('a first phase that nobody opened counts from the planned start; the end of a session is not foretold when it is over', () => {
  const phases = sheet(0, [10], [5]);
  assert.equal(timesOf({ phases, now: NOON + 4 * MINUTE, startAt: NOON }).endsAt, NOON + 15 * MINUTE);
  assert.equal(timesOf({ phases, now: NOON + 4 * MINUTE, startAt: NOON }).behind, 0);
  assert.equal(timesOf({ phases, now: NOON + 14 * MINUTE, startAt: NOON }).behind, 4);
  assert.equal(timesOf({ phases, now: NOON, ended: true }).endsAt, null);
  assert.equal(timesOf({ phases: [], now: NOON }).total, 0);
});

test('a file is checked for its size here and for all else by the server; nothing is stored', async () => {
  const file = (text, size = text.length) => ({ size, text: async () => text });
  const right = async () => [];
  assert.deepEqual(await readTemplate(file('{"id":"a"}'), right), { definition: { id: 'a' } });
  assert.deepEqual(await readTemplate(file('', MOST_BYTES + 1), () => assert.fail('asked')), { problem: 'large' });
  const faults = [{ place: '/id', expectation: 'a string' }];
  assert.deepEqual(await readTemplate(file('{}'), async () => faults), { problem: 'faulty', faults });
  assert.deepEqual(await readTemplate(file('{}'), async () => { throw new Error('network'); }), { problem: 'network' });
  assert.deepEqual(await readTemplate(file('{}'), async () => { throw new Error('refused'); }), { problem: 'refused' });
});

const folder = new URL('../../web/templates/', import.meta.url);
const templates = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

test('every template in every language: all texts are strings, all phases fit in one message, and each has its board', () => {
  const texts = (value) => (typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, inner]) => (name === 'nb' ? ['object'] : texts(inner))) : []);
  for (const { id, boards, phases } of templates) {
    for (const language of ['nb', 'nn', 'en']) {
      const template = { boards: translated(boards, language), phases: translated(phases, language) };
      assert.deepEqual(texts(template), [], id);
      const all = selection(template, phases.map((_, index) => index));
      assert.ok(fits({ after: 'f60', definition: all }), id);
      for (const { board } of all.phases) assert.ok(all.boards.some(({ key }) => key === board), id);
      template.phases.forEach(({ vote }, index) => assert.deepEqual(vote, phases[index].vote ? translated(phases[index].vote, language) : undefined, id));
      for (const board of template.boards) assert.ok(placesIn(board).every((name) => typeof name === 'string'), id);
    }
  }
});

test('only the boards that are needed come along, and one that is there can be used instead', () => {
  const template = { boards: [{ key: 'b1', name: 'A', structure: 'list' }, { key: 'x', name: 'B', structure: 'list' }], phases: [{ name: '1', board: 'b1' }, { name: '2', board: 'x' }] };
  assert.deepEqual(selection(template, [1]), { boards: [{ key: 'k1', name: 'B', structure: 'list' }], phases: [{ name: '2', board: 'k1' }] });
  assert.deepEqual(selection(template, [0, 1], { x: 'b3' }), { boards: [{ key: 'k0', name: 'A', structure: 'list' }], phases: [{ name: '1', board: 'k0' }, { name: '2', board: 'b3' }] });
});

test('a text in the nearest language; too much for a message does not fit', () => {
  assert.equal(inLanguage('same', 'nn'), 'same');
  assert.equal(inLanguage({ nn: 'nynorsk', en: 'English' }, 'nb'), 'nynorsk');
  assert.equal(inLanguage({ se: 'davvi' }, 'nb'), 'davvi');
  assert.ok(!fits({ text: 'x'.repeat(16_001) }));
  assert.ok(!fits({ many: Array.from({ length: 1_100 }, () => 1) }));
});

const t = (key) => key;

test('a fresh board of each structure is right as it is, and is what it was when it is opened again', () => {
  for (const structure of STRUCTURES) {
    const plan = freshPlan(structure, t);
    assert.equal(faultOf(plan), null, structure);
    const definition = definitionOfBoard(plan, 'Board');
    if (structure === 'matrix') continue;
    const again = definitionOfBoard(planOf({ ...definition, columns: (definition.columns ?? []).map((column) => ({ hint: '', paper: null, group: '', ...column })) }), 'Board');
    assert.deepEqual(again, definition, structure);
  }
});

test('places keep their ids through every change; new ones get ids of their own', () => {
  const columns = ['p1', 'now', 'later'].map((id) => ({ id, name: id, hint: id === 'now' ? 'Hint' : '', paper: null, group: '' }));
  const plan = planOf({ structure: 'columns', columns });
  plan.places.reverse();
  plan.places.push({ name: ' New ' });
  assert.deepEqual(definitionOfBoard(plan, 'B').columns, [{ id: 'later', name: 'later' }, { id: 'now', name: 'now', hint: 'Hint' }, { id: 'p1', name: 'p1' }, { id: 'p2', name: 'New' }]);
  assert.deepEqual(columns.map(({ id }) => id), ['p1', 'now', 'later']);
});

test('a grid’s cells stay what they are when rows and columns are named anew and moved', () => {
  const cell = (id, name, group) => ({ id, name, group, hint: '', paper: 'sky' });
  const plan = planOf({ structure: 'grid', columns: [cell('a-x', 'X', 'A'), cell('a-y', 'Y', 'A'), cell('b-x', 'X', 'B'), cell('b-y', 'Y', 'B')] });
  plan.rows.reverse();
  plan.places[0].name = 'XX';
  plan.rows.push({ name: 'C' });
  assert.equal(placeCount(plan), 6);
  assert.deepEqual(definitionOfBoard(plan, 'G').columns.map(({ id, name, group, paper }) => [id, name, group, paper]), [
    ['b-x', 'XX', 'B', 'sky'], ['b-y', 'Y', 'B', 'sky'], ['a-x', 'XX', 'A', 'sky'], ['a-y', 'Y', 'A', 'sky'], ['p1', 'XX', 'C', undefined], ['p2', 'Y', 'C', undefined],
  ]);
});

test('what is wrong with places is said before it is sent', () => {
  const columns = (...names) => ({ ...freshPlan('columns', t), places: names.map((name) => (typeof name === 'string' ? { name } : name)) });
  assert.deepEqual(faultOf(columns()), ['editor.fault.few', { count: 1 }]);
  assert.deepEqual(faultOf(columns('a', ' ')), ['editor.fault.unnamed']);
  assert.deepEqual(faultOf(columns(...Array.from({ length: 65 }, () => 'a'))), ['editor.fault.many', { count: 64 }]);
  assert.deepEqual(faultOf(columns({ name: 'a', group: 'g' }, { name: 'b' }, { name: 'c', group: 'g' })), ['editor.fault.apart']);
  const ring = freshPlan('ring', t);
  ring.places[0].group = 'g';
  assert.deepEqual(faultOf(ring), ['editor.fault.centre']);
  const grid = freshPlan('grid', t);
  grid.rows[1].name = grid.rows[0].name;
  assert.deepEqual(faultOf(grid), ['editor.fault.rows']);
});

test('a definition keeps what this page does not know; a promise is weaker or it is not', () => {
  const entry = { id: 'f1', position: 1, current: true, notes: 3, openedAt: 1, name: 'A', minutes: 5, later: 'kept' };
  assert.deepEqual(definitionOf(entry), { name: 'A', minutes: 5, later: 'kept' });
  assert.ok(isWeaker('none', 'peers') && isWeaker('peers', 'all') && !isWeaker('all', 'all') && !isWeaker('all', 'none'));
  assert.deepEqual(rulesOf({ break: true }), [['editor.rule.break']]);
});
