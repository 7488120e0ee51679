/** What the phone and the console work out of groups (protocol.md, J). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Store } from '../../web/app/store.js';
import { coverage } from '../../web/console/group-model.js';
import { nextAction } from '../../web/console/next-action.js';
import { bringable, goesOn } from '../../web/participant/group-rules.js';
import { promise } from '../../web/participant/rules.js';

const store = () => {
  const made = new Store();
  made.begin('e1', ['room', 'own', 'group/g3'], 'p7');
  return made;
};

test('[J3] what a group shares is one picture with one’s own: seen by others, and whose it is', () => {
  const all = store();
  all.apply({ channel: 'own', sequence: 5, set: { me: { id: 'p7', group: 'g3' }, 'note/n1': { text: 'mine', visible: false } }, drop: [] });
  all.apply({ channel: 'group/g3', sequence: 6, set: { 'group/g3': { number: 3, size: 2 }, 'note/n1': { text: 'mine' }, 'note/n2': { text: 'ours' } }, drop: [] });
  assert.deepEqual(all.entries('note/').map(({ id, entry }) => [id, entry.mine, entry.ours, entry.visible]), [['n1', true, true, true], ['n2', undefined, true, true]]);
  assert.equal(all.get('group/g3').number, 3);
  assert.deepEqual(all.since, { own: 5, 'group/g3': 6 });
});

test('[J3] in another group, or in none, nothing of the old one is left', () => {
  for (const group of ['g4', undefined]) {
    const all = store();
    all.apply({ channel: 'own', sequence: 5, set: { me: { id: 'p7', group: 'g3' } }, drop: [] });
    all.apply({ channel: 'group/g3', sequence: 6, set: { 'note/n2': { text: 'theirs now' } }, drop: [] });
    assert.equal(all.entries('note/').length, 1);
    const touched = all.apply({ channel: 'own', sequence: 9, set: { me: { id: 'p7', group } }, drop: [] });
    assert.ok(touched.includes('note/n2'));
    assert.equal(all.entries('note/').length, 0);
    assert.equal(all.get('note/n2'), undefined);
    assert.deepEqual(all.since, { own: 9 });
    // Given again, it begins from what it is sent.
    all.apply({ channel: 'own', sequence: 10, set: { me: { id: 'p7', group: 'g3' } }, drop: [] });
    all.apply({ channel: 'group/g3', sequence: 11, set: { 'note/n5': { text: 'new' } }, drop: [] });
    assert.deepEqual(all.entries('note/').map(({ id }) => id), ['n5']);
  }
});

test('[H4] a group that the welcome does not name is gone', () => {
  const all = store();
  all.apply({ channel: 'own', sequence: 5, set: { me: { id: 'p7', group: 'g3' } }, drop: [] });
  all.apply({ channel: 'group/g3', sequence: 6, set: { 'note/n2': {} }, drop: [] });
  all.begin('e1', ['room', 'own', 'group/g4'], 'p7');
  assert.equal(all.entries('note/').length, 0);
  assert.deepEqual(all.since, { own: 5 });
});

const note = (id, members) => ({ id, entry: { publication: 'published', mine: true, visible: false, phase: 'f1', ...members } });
const may = { closed: null, withdraw: true };

test('[J4] one’s own notes of before can be brought, until they are here', () => {
  const pairs = { id: 'f2', grouping: { how: 'random', size: 2 } };
  const notes = [note('n1'), note('n2', { visible: true }), note('n3', { mine: undefined }), note('n4', { publication: 'redacted' }), note('n5', { phase: 'f2' })];
  assert.deepEqual(bringable(notes, pairs, may).map(({ id }) => id), ['n1']);
  assert.deepEqual(bringable([...notes, note('n9', { phase: 'f2', from: [{ note: 'n1' }] })], pairs, may), []);
  // By however many steps: what went on from here to there and further is there.
  const further = [note('n1'), note('n9', { phase: 'f2', from: [{ note: 'n1' }], visible: true }), note('n12', { phase: 'f3', from: [{ note: 'n9' }] })];
  assert.deepEqual(bringable(further, { id: 'f3', grouping: { how: 'merge' } }, may), []);
  // To everybody only what was a group's: what was written alone stays so.
  const plenary = { id: 'f4' };
  assert.deepEqual(bringable([note('n1'), note('n6', { group: { id: 'g1', number: 1, name: '' } })], plenary, may).map(({ id }) => id), ['n6']);
  assert.deepEqual(bringable(notes, pairs, { ...may, closed: 'locked' }), []);
});

test('[J4] notes are chosen in groups, and alone where the phase goes on by itself', () => {
  assert.equal(goesOn({ grouping: { how: 'merge' } }), true);
  assert.equal(goesOn({ advances: true, visibility: 'own' }), true);
  assert.equal(goesOn({ advances: true, visibility: 'everyone' }), false);
  assert.equal(goesOn({ visibility: 'own' }), false);
});

test('what a group writes is promised to the group until the reveal', () => {
  assert.equal(promise({ visibility: 'group', revealed: false }), 'group');
  assert.equal(promise({ visibility: 'group', revealed: true }), 'everyone');
  assert.equal(promise({ visibility: 'own', revealed: false }), 'own');
});

test('the facilitator sees which groups have nothing yet, and who is in none', () => {
  const group = (id, phase, number, members, notes) => ({ id, entry: { phase, number, name: number === 2 ? 'Elva' : '', members, notes } });
  const person = (id, members = {}) => ({ id, entry: { role: 'participant', ...members } });
  const { groups, seated, silent, unseated } = coverage({
    phase: { id: 'f2', grouping: { how: 'hand', tables: 3 } },
    groups: [group('g3', 'f2', 3, [], 0), group('g1', 'f2', 1, ['p2', 'p3'], 0), group('g2', 'f2', 2, ['p4'], 5), group('g9', 'f1', 1, ['p2'], 0)],
    participants: [person('p2'), person('p3'), person('p4'), person('p5'), person('p6', { away: true }), person('p7', { waits: 'place' }), person('p1', { role: 'facilitator' })],
  });
  assert.deepEqual(groups.map(({ id }) => id), ['g1', 'g2', 'g3']);
  assert.equal(groups[1].name, 'Elva');
  assert.equal(seated, 3);
  assert.deepEqual(silent.map(({ id }) => id), ['g1']);
  assert.deepEqual(unseated.map(({ id }) => id), ['p5']);
});

test('what goes on by itself is left to itself: no reveal is asked for, and the next phase waits', () => {
  const phase = { id: 'f1', may: ['add'], minutes: 2, visibility: 'own', revealed: false, advances: true };
  const phases = [{ id: 'f1', entry: { current: true, name: 'Alone' } }, { id: 'f2', entry: { name: 'Pairs' } }];
  const totals = { room: 8, remote: 0, writers: 5, notes: 9, ready: 0 };
  const situation = { ended: false, phase, phases, rounds: [], totals, doorOpen: true, held: 0 };
  assert.deepEqual(nextAction({ ...situation, timer: { state: 'running' } }), { id: 'next-phase', waiting: true, hint: 'by-itself', params: { phase: 'f2', name: 'Pairs' } });
  assert.equal(nextAction({ ...situation, totals: { ...totals, writers: 0, notes: 0 } }).id, 'start-timer');
  const groups = { ...phase, visibility: 'group', advances: false, grouping: { how: 'random', size: 2 } };
  assert.equal(nextAction({ ...situation, phase: groups, timer: { state: 'ended' } }).id, 'next-phase');
});

test('the texts of groups are in all three languages', () => {
  const keys = (language) => Object.keys(JSON.parse(readFileSync(new URL(`../../web/i18n/groups.${language}.json`, import.meta.url), 'utf8')));
  assert.deepEqual(keys('nn'), keys('nb'));
  assert.deepEqual(keys('en'), keys('nb'));
});
