import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel, Store } from '../../web/app/store.js';

const changes = (channel, sequence, set, drop = []) => ({ type: 'changes', channel, sequence, set, drop });

test('[C1] a channel puts, drops and remembers the sequence', () => {
  const channel = new Channel();
  channel.apply(changes('room', 3, { 'note/n1': { text: 'a' }, timer: { state: 'running' } }));
  assert.deepEqual(channel.apply(changes('room', 5, { 'note/n1': { text: 'b' } }, ['timer'])), ['note/n1', 'timer']);
  assert.deepEqual(channel.get('note/n1'), { text: 'b' });
  assert.equal(channel.get('timer'), undefined);
  assert.equal(channel.sequence, 5);
});

test('own comes before staff, door and room', () => {
  const store = new Store();
  store.begin('e1', ['room', 'own', 'staff', 'door']);
  for (const [channel, value] of [['room', 1], ['door', 2], ['staff', 3], ['own', 4]]) store.apply(changes(channel, 1, { x: { value } }));
  assert.equal(store.get('x').value, 4);
  assert.equal(store.get('x', 'room').value, 1);
  store.apply(changes('own', 2, {}, ['x']));
  assert.equal(store.get('x').value, 3);
});

test('a note in two channels is one object, and mine', () => {
  const store = new Store();
  store.begin('e1', ['room', 'own']);
  store.apply(changes('room', 1, { 'note/n2': { text: 'theirs' }, 'note/n10': { text: 'mine', cluster: 'c1' } }));
  store.apply(changes('own', 1, { 'note/n10': { text: 'mine', ref: 4, visible: true } }));
  const notes = store.entries('note/');
  assert.deepEqual(notes.map(({ id }) => id), ['n2', 'n10']);
  assert.equal(notes[0].entry.mine, undefined);
  assert.deepEqual(notes[1].entry, { text: 'mine', cluster: 'c1', ref: 4, visible: true, mine: true });
});

test('entries keep their identity until they change', () => {
  const store = new Store();
  store.begin('e1', ['room']);
  store.apply(changes('room', 1, { 'note/n1': { text: 'a' }, 'note/n2': { text: 'b' } }));
  const before = store.entries('note/');
  store.apply(changes('room', 2, { timer: { state: 'ended' } }));
  assert.equal(store.entries('note/'), before);
  store.apply(changes('room', 3, { 'note/n2': { text: 'c' } }));
  const after = store.entries('note/');
  assert.equal(after[0], before[0]);
  assert.notEqual(after[1], before[1]);
  assert.equal(after[1].entry.text, 'c');
});

test('[H4] another epoch empties everything; the same one keeps it', () => {
  const store = new Store();
  store.begin('e1', ['room', 'own']);
  store.apply(changes('room', 7, { session: {} }));
  assert.deepEqual(store.begin('e1', ['room', 'own']), []);
  assert.deepEqual(store.since, { room: 7 });
  assert.deepEqual(store.begin('e2', ['room']), ['session']);
  assert.equal(store.get('session'), undefined);
  assert.deepEqual(store.since, {});
});

test('[C5] a reveal moves a note from own to room and back without a trace', () => {
  const store = new Store();
  store.begin('e1', ['room', 'own']);
  store.apply(changes('room', 1, { 'note/n1': { text: 'a' } }));
  assert.equal(store.entries('note/').length, 1);
  store.apply(changes('room', 2, {}, ['note/n1']));
  assert.equal(store.entries('note/').length, 0);
});

test('[H6] somebody else now: the own channel of before is gone, the rest stays', () => {
  const store = new Store();
  store.begin('e1', ['room', 'own'], 'p3');
  store.apply({ channel: 'room', sequence: 4, set: { session: { title: 'T' } }, drop: [] });
  store.apply({ channel: 'own', sequence: 4, set: { 'note/n1': { text: 'mine' } }, drop: [] });
  assert.deepEqual(store.begin('e1', ['room', 'own'], 'p3'), []);
  assert.deepEqual(store.begin('e1', ['room', 'own'], 'p9'), ['note/n1']);
  assert.deepEqual(store.since, { room: 4 });
  assert.equal(store.get('session').title, 'T');
});

test('[C6] a whole channel takes the place of what there was', () => {
  const store = new Store();
  store.begin('e1', ['own'], 'p3');
  store.apply({ channel: 'own', sequence: 4, set: { 'round/r1': { votes: {} }, me: { name: 'A' } }, drop: [] });
  const touched = store.apply({ channel: 'own', sequence: 9, whole: true, set: { me: { name: 'B' } }, drop: [] });
  assert.deepEqual(touched.sort(), ['me', 'round/r1']);
  assert.equal(store.get('round/r1'), undefined);
  assert.equal(store.get('me').name, 'B');
});
