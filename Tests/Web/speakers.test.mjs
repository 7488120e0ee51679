import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextAction } from '../../web/console/next-action.js';
import { resultRows } from '../../web/console/vote-model.js';
import { chooseScene } from '../../web/screen/stage.js';
import { speakerNumber, speaking, standing, turnout } from '../../web/app/speakers.js';

const line = (number, kind = 'speech') => ({ id: `q${number}`, kind, via: 'room' });
const list = (current, queue, state = 'open') => ({ state, speechSeconds: 0, replySeconds: 0, current, queue });

test('one’s own place in the queue, by kind; nobody else’s request is taken for it', () => {
  const speakers = list(line(1), [line(5, 'reply'), line(2), line(3)]);
  assert.deepEqual(standing(speakers, { asks: ['q3', 'q5'] }).mine, { speech: { id: 'q3', place: 3 }, reply: { id: 'q5', place: 1 } });
  assert.deepEqual(standing(speakers, {}).mine, { speech: null, reply: null });
  assert.equal(standing(speakers, { asks: ['q1'] }).isMyTurn, true);
  assert.equal(standing(speakers, { asks: ['q1'] }).mayReply, false);
  assert.equal(standing(speakers, {}).mayReply, true);
  assert.equal(standing(list(undefined, []), {}).mayReply, false);
  assert.equal(standing(list(undefined, [], 'drawn'), {}).mayAsk, false);
  assert.deepEqual(standing(undefined, {}), { isMyTurn: false, mine: { speech: null, reply: null }, mayReply: false, mayAsk: false });
  assert.equal(speakerNumber(line(14)), 14);
});

test('speaking time counts down by the server’s clock, softly on when it is over, and up without a limit', () => {
  assert.deepEqual(speaking({ since: 1_000, seconds: 60 }, 1_000), { seconds: 60, isOver: false });
  assert.deepEqual(speaking({ since: 1_000, seconds: 60 }, 31_999), { seconds: 30, isOver: false });
  assert.deepEqual(speaking({ since: 1_000, seconds: 60 }, 71_000), { seconds: 10, isOver: true });
  assert.deepEqual(speaking({ since: 1_000, seconds: 0 }, 66_000), { seconds: 65, isOver: false });
  // A device whose estimate is a little behind does not begin below nothing.
  assert.deepEqual(speaking({ since: 1_000, seconds: 60 }, 500), { seconds: 60, isOver: false });
});

const totals = (room, more = {}) => ({ room, remote: 0, ...more });
const seen = (present, missing) => ({ turnout: { round: 'r1', present, missing } });

test('have all voted? Of devices, a table being one; absent ones are not waited for; few that are missing are no number', () => {
  const round = (voters, more = {}) => ({ voters, ...more });
  assert.deepEqual(turnout(round(30, { done: 20 }), 'r1', totals(40), null), { voted: 30, of: 40, all: false, few: false, done: 20 });
  assert.deepEqual(turnout(round(30, { tables: 2 }), 'r1', totals(48, { tables: 2, atTables: 10 }), null).of, 40);
  assert.equal(turnout(round(30), 'r1', totals(40), seen(30, 0)).all, true);
  assert.equal(turnout(round(30), 'r2', totals(40), seen(30, 0)).all, false, 'another round’s');
  assert.equal(turnout(round(39), 'r1', totals(40), null).few, true);
  assert.equal(turnout(round(38), 'r1', totals(40), seen(40, 2)).few, true);
  assert.equal(turnout(round(40), 'r1', totals(40), null).all, true);
  assert.equal(turnout(round(0), 'r1', totals(0), null).all, false);
  assert.equal(turnout(round(0), 'r1', totals(5), seen(0, 0)).all, false, 'nobody has voted and nobody is there');
  // One or two who have dots left are not told of either.
  assert.equal(turnout(round(30, { done: 29 }), 'r1', totals(40), null).done, null);
  assert.equal(turnout(round(30, { done: 30 }), 'r1', totals(40), null).done, 30);
});

test('the next best action follows whoever is present', () => {
  const phase = { id: 'f1', may: ['vote'], minutes: 0, visibility: 'everyone' };
  const rounds = [{ id: 'r1', entry: { state: 'open', voters: 3, phase: 'f1' } }];
  const situation = { ended: false, phase, phases: [{ id: 'f1', entry: { current: true } }], rounds, totals: totals(8), doorOpen: false, held: 0 };
  const at = (presence) => nextAction({ ...situation, turnout: turnout(rounds[0].entry, 'r1', situation.totals, presence) });
  assert.equal(at(seen(3, 0)).hint, 'all-voted');
  assert.equal(at(seen(8, 5)).hint, 'voting');
  assert.equal(at(seen(5, 2)).hint, 'nearly');
});

test('what tables and hands gave is apart from personal votes, and told by where it came from', () => {
  const round = { vote: { kind: 'dots', cap: 3 }, results: [{ target: 'c1', counts: { 1: 4 }, hands: { 1: 2 }, tables: { 1: 5 } }, { target: 'c2', counts: { 2: 1 }, hands: {} }] };
  const [first, second] = resultRows(round);
  assert.deepEqual([first.own, first.hands, first.tables, first.total], [4, 7, 5, 11]);
  assert.deepEqual([second.own, second.hands, second.tables], [2, 0, 0]);
});

test('the room screen shows who speaks, unless something was put up or is voted on', () => {
  const state = { spotlight: null, rounds: [], clusters: [], notes: [], phase: { id: 'f1', may: [], helpersMay: [], board: 'b1' }, isPrivate: false, session: { ended: false }, totals: { notes: 1 }, door: { open: true }, speakers: list(line(1), []) };
  assert.equal(chooseScene(state).name, 'speakers');
  assert.equal(chooseScene({ ...state, speakers: list(undefined, [line(1)]) }).name, 'speakers');
  assert.notEqual(chooseScene({ ...state, speakers: list(undefined, []) }).name, 'speakers');
  assert.equal(chooseScene({ ...state, rounds: [{ id: 'r1', entry: { state: 'open', phase: 'f1' } }] }).name, 'number');
  assert.equal(chooseScene({ ...state, spotlight: 'n1', notes: [{ id: 'n1', entry: {} }] }).name, 'spotlight');
  assert.notEqual(chooseScene({ ...state, session: { ended: true } }).name, 'speakers');
});
