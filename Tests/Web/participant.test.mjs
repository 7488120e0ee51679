import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildOutline } from '../../web/app/outline.js';
import { barScale, resultLines } from '../../web/app/results.js';
import { unsentNotes, withPendingMe, withPendingNotes, withPendingVotes } from '../../web/participant/optimism.js';
import { mayEdit, notesLeft, permissions, promise, targets, votesLeft } from '../../web/participant/rules.js';

const session = { title: 'A', language: 'nb', locked: false, ended: false };
const phase = { id: 'f1', board: 'b1', may: ['add', 'editOwn', 'vote'], helpersMay: ['cluster'], visibility: 'own', revealed: false, inputClosed: false, notesEach: 0, moderated: false };
const note = (id, entry) => ({ id, key: `note/${id}`, entry: { board: 'b1', column: null, text: id, ...entry } });
const pending = (type, members, ref = null, state = 'unsent') => ({ id: `${type}-${JSON.stringify(members)}`, type, members, ref, state });

test('a participant may what the phase says, a helper what it says of helpers, an observer nothing', () => {
  const participant = permissions({ role: 'participant', session, phase });
  assert.deepEqual([participant.add, participant.editOwn, participant.vote, participant.cluster, participant.closed], [true, true, true, false, null]);
  const helper = permissions({ role: 'helper', session, phase });
  assert.deepEqual([helper.add, helper.cluster, helper.signal], [false, true, false]);
  const observer = permissions({ role: 'observer', session, phase });
  assert.deepEqual([observer.add, observer.withdraw, observer.signal, observer.closed], [false, false, false, 'observer']);
});

test('locked, ended and closed take everything but withdrawing, and say why', () => {
  const of = (more) => permissions({ role: 'participant', ...{ session, phase, ...more } });
  for (const [state, why] of [[{ session: { ...session, locked: true } }, 'locked'], [{ session: { ...session, ended: true } }, 'ended'],
    [{ phase: { ...phase, inputClosed: true } }, 'input-closed'], [{ phase: { ...phase, may: [] } }, 'reading']]) {
    const may = of(state);
    assert.deepEqual([may.add, may.vote, may.editOwn, may.withdraw, may.closed], [false, false, false, true, why]);
  }
});

test('others’ notes may be changed when they are shared, or when the phase lets everybody', () => {
  const may = permissions({ role: 'participant', session, phase });
  assert.equal(mayEdit({ mine: true }, may), true);
  assert.equal(mayEdit({}, may), false);
  assert.equal(mayEdit({ shared: true }, may), true);
  assert.equal(mayEdit({}, { ...may, editAny: true }), true);
  assert.equal(mayEdit({ mine: true, publication: 'redacted' }, may), false);
});

test('the promise is what the phase enforces', () => {
  assert.equal(promise(phase), 'own');
  assert.equal(promise({ ...phase, revealed: true }), 'everyone');
  assert.equal(promise({ ...phase, visibility: 'everyone', moderated: true }), 'moderated');
});

test('notes left counts those of this phase and those on their way', () => {
  const notes = [note('n1', { mine: true, phase: 'f1' }), note('n2', { mine: true, phase: 'f0' }), note('n3', { phase: 'f1' })];
  assert.equal(notesLeft(phase, notes, 0), null);
  assert.equal(notesLeft({ ...phase, notesEach: 3 }, notes, 1), 1);
  assert.equal(notesLeft({ ...phase, notesEach: 1 }, notes, 1), 0);
});

test('a note is pending until its own ref has arrived, though its ack has not', () => {
  const queue = [pending('note.add', { text: 'a' }, 3, 'sent'), pending('note.add', { text: 'b' })];
  assert.deepEqual(unsentNotes(queue, []).map(({ state, entry }) => [state, entry.text]), [['sending', 'a'], ['unsent', 'b']]);
  assert.deepEqual(unsentNotes(queue, [note('n9', { mine: true, ref: 3 })]).map(({ entry }) => entry.text), ['b']);
  assert.equal(unsentNotes(queue, [note('n9', { ref: 3 })]).length, 2, 'somebody else’s ref says nothing');
});

test('edits, withdrawals and gifts show at once, and go when they are refused', () => {
  const notes = [note('n1', { mine: true }), note('n2', { mine: true }), note('n3', {})];
  const queue = [pending('note.edit', { note: 'n1', text: 'new' }), pending('note.withdraw', { note: 'n2' })];
  const shown = withPendingNotes(notes, queue);
  assert.deepEqual(shown.map(({ id, entry }) => [id, entry.text]), [['n1', 'new'], ['n3', 'n3']]);
  assert.equal(shown[1], notes[2], 'what is not touched keeps its identity');
  assert.equal(withPendingNotes(notes, []), notes);
});

test('votes and signals under way count as given', () => {
  const queue = [pending('vote.cast', { round: 'r1', target: 'n1', value: 2 }), pending('vote.cast', { round: 'r1', target: 'n2', value: null }), pending('vote.cast', { round: 'r2', target: 'n3', value: 1 })];
  assert.deepEqual(withPendingVotes({ n2: 1 }, queue, 'r1'), { n1: 2 });
  assert.deepEqual(withPendingMe({ ready: false, raised: false, name: 'a' }, [pending('ready.set', { ready: true }), pending('me.rename', { name: 'b' })]), { ready: true, raised: false, name: 'b' });
});

test('pass is a vote of its own, also while it is under way', () => {
  assert.deepEqual(withPendingVotes({}, [pending('vote.cast', { round: 'r1', target: 'n1', value: 0 })], 'r1'), { n1: 0 });
});

test('dots left, and answers given', () => {
  assert.deepEqual(votesLeft({ vote: { kind: 'dots', budget: 3 } }, { n1: 2 }), { given: 2, left: 1 });
  assert.deepEqual(votesLeft({ vote: { kind: 'stance' } }, { n1: 0, n2: -1 }), { given: 2, left: 0 });
});

const board = { name: 'B', structure: 'columns', columns: [{ id: 'a', name: 'A', hint: '', paper: null, group: '' }, { id: 'b', name: 'B', hint: '', paper: 'sky', group: '' }] };
const notes = [note('n1', { column: 'a', cluster: 'c1' }), note('n2', { column: 'a' }), note('n3', { column: 'gone' }), note('n4', { board: 'b2' })];
const clusters = [{ id: 'c1', key: 'cluster/c1', entry: { board: 'b1', column: 'a', name: 'C', notes: ['n1', 'n99'] } }];

test('an outline holds every note of the board once, wherever it belongs', () => {
  const outline = buildOutline('b1', board, notes, clusters);
  assert.deepEqual(outline.columns.map(({ id, count }) => [id, count]), [['a', 2], ['b', 0], [null, 1]]);
  assert.deepEqual(outline.columns[0].clusters[0].notes.map(({ id }) => id), ['n1']);
  assert.equal(outline.count, 3);
  const plain = buildOutline('b1', { columns: [] }, [], []);
  assert.deepEqual(plain.columns.map(({ id }) => id), [null]);
});

test('targets: clusters and what stands alone, or every note', () => {
  const outline = buildOutline('b1', board, notes, clusters);
  assert.deepEqual(targets({ vote: { targets: 'clusters' } }, outline).map(({ id }) => id), ['c1', 'n2', 'n3']);
  assert.deepEqual(targets({ vote: { targets: 'notes' } }, outline).map(({ id }) => id), ['n1', 'n2', 'n3']);
});

test('[E5] dots are summed, scales averaged, and hands never mixed in', () => {
  const dots = { vote: { kind: 'dots' }, results: [{ target: 'c1', counts: { 1: 2 }, hands: { 1: 50 } }, { target: 'c2', counts: { 1: 1, 2: 3 }, hands: {} }] };
  const lines = resultLines(dots);
  assert.deepEqual(lines.map(({ target, votes, hands }) => [target, votes.total, hands.total]), [['c2', 7, 0], ['c1', 2, 50]]);
  assert.deepEqual(lines.map((line) => barScale(dots, lines)(line)[0].share), [1, 2 / 7]);
  const scale = { vote: { kind: 'scale', low: 1, high: 5 }, results: [{ target: 'n1', counts: { 2: 1, 5: 1 }, hands: {} }] };
  assert.equal(resultLines(scale)[0].votes.mean, 3.5);
  assert.equal(barScale(scale, [])(resultLines(scale)[0])[0].share, 2.5 / 4);
  const stance = { vote: { kind: 'stance' }, results: [{ target: 'n1', counts: { '-1': 1, 0: 1, 1: 2 }, hands: {} }] };
  assert.deepEqual(barScale(stance, resultLines(stance))(resultLines(stance)[0]).map(({ share }) => share), [0.5, 0.25, 0.25]);
});
