import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keeper, makeSecret, Identity } from '../../web/app/identity.js';
import { MAX_COMMANDS, Outbox } from '../../web/app/outbox.js';
import { memoryStorage } from './support.mjs';

const KEY = 'samskap/w/w/outbox';
const open = (storage, tab) => {
  const outbox = new Outbox(new Keeper(storage), KEY, tab);
  outbox.take();
  return outbox;
};
let count = 0;
const add = (outbox, type = 'note.add', members = { text: 'a' }) => outbox.add(`id${count += 1}`, type, members);
const refs = (commands) => commands.map(({ ref }) => ref);

test('[R1] numbers go on from lastRef, one more for each command', () => {
  const outbox = open(memoryStorage(), 'one');
  outbox.begin(4);
  add(outbox);
  add(outbox);
  assert.deepEqual(refs(outbox.next(16)), [5, 6]);
  add(outbox);
  assert.deepEqual(refs(outbox.next(16)), [7]);
});

test('[R3] a reload sends what was not answered again, with the same numbers, before anything new', () => {
  const storage = memoryStorage();
  const before = open(storage, 'one');
  before.begin(0);
  add(before, 'note.add', { text: 'first' });
  add(before, 'note.add', { text: 'second' });
  before.next(16);
  before.remove(before.find(1));
  const after = open(storage, 'two');
  after.begin(1);
  add(after, 'note.add', { text: 'third' });
  const sent = after.next(16);
  assert.deepEqual(sent.map(({ ref, members }) => [ref, members.text]), [[2, 'second'], [3, 'third']]);
});

test('[R4] no more than the window is out at a time', () => {
  const outbox = open(memoryStorage(), 'one');
  outbox.begin(0);
  for (let i = 0; i < 5; i += 1) add(outbox);
  assert.equal(outbox.next(3).length, 3);
  assert.equal(outbox.next(3).length, 0);
  outbox.remove(outbox.find(2));
  assert.deepEqual(refs(outbox.next(3)), [4]);
});

test('[R5] an unsent vote is replaced by a newer one on the same target, and only there', () => {
  const outbox = open(memoryStorage(), 'one');
  const first = add(outbox, 'vote.cast', { round: 'r1', target: 'n1', value: 1 });
  assert.equal(add(outbox, 'vote.cast', { round: 'r1', target: 'n1', value: 2 }), first);
  add(outbox, 'vote.cast', { round: 'r1', target: 'n2', value: 1 });
  assert.deepEqual(outbox.commands.map(({ members }) => members.value), [2, 1]);
  outbox.begin(0);
  outbox.next(16);
  add(outbox, 'vote.cast', { round: 'r1', target: 'n1', value: 3 });
  assert.equal(outbox.commands.length, 3, 'what is out is left alone');
});

test('[R6] a postponed command keeps its number', () => {
  const outbox = open(memoryStorage(), 'one');
  outbox.begin(0);
  add(outbox);
  const [command] = outbox.next(16);
  outbox.postpone(command);
  assert.deepEqual(refs(outbox.next(16)), [1]);
});

test('a command that was overtaken gets a new number, once', () => {
  const outbox = open(memoryStorage(), 'one');
  outbox.begin(0);
  add(outbox, 'note.add', { text: 'overtaken' });
  add(outbox);
  const [first] = outbox.next(16);
  assert.equal(outbox.renumber(first), true);
  assert.deepEqual(refs(outbox.next(16)), [3]);
  assert.equal(outbox.renumber(first), false);
});

test('it says that it is full before it takes more', () => {
  const outbox = open(memoryStorage(), 'one');
  for (let i = 0; i < MAX_COMMANDS; i += 1) assert.ok(add(outbox));
  assert.equal(add(outbox), null);
  const bulky = open(memoryStorage(), 'one');
  let taken = 0;
  while (add(bulky, 'note.add', { text: 'x'.repeat(10_000) })) taken += 1;
  assert.ok(taken >= 20 && taken <= 26, `${taken} of 10,000 characters`);
});

test('a second tab takes the queue and its counter; the first one gives way', () => {
  const storage = memoryStorage();
  const first = open(storage, 'one');
  first.begin(0);
  add(first, 'note.add', { text: 'from the first' });
  first.next(16);
  const second = open(storage, 'two');
  second.begin(0);
  assert.equal(first.isHeld, false);
  assert.equal(second.isHeld, true);
  add(second, 'note.add', { text: 'from the second' });
  assert.deepEqual(second.next(16).map(({ ref, members }) => [ref, members.text]), [[1, 'from the first'], [2, 'from the second']]);
});

test('a tab that comes back learns what was answered meanwhile, and never uses a number twice', () => {
  const storage = memoryStorage();
  const first = open(storage, 'one');
  first.begin(0);
  const command = add(first);
  first.next(16);
  const second = open(storage, 'two');
  second.begin(0);
  second.next(16);
  second.remove(second.find(1));
  add(second);
  second.next(16);
  second.remove(second.find(2));
  assert.deepEqual(first.take(), [command]);
  add(first);
  assert.deepEqual(refs(first.next(16)), [3]);
});

test('a tab that leaves lets another one take over', () => {
  const storage = memoryStorage();
  const first = open(storage, 'one');
  const second = open(storage, 'two');
  add(second);
  assert.equal(first.isHeld, false);
  second.release();
  assert.deepEqual(first.take(), []);
  assert.equal(first.commands.length, 1);
});

test('without storage everything works until the page is closed', () => {
  const broken = { getItem() { throw new Error('blocked'); }, setItem() { throw new Error('blocked'); }, removeItem() { throw new Error('blocked'); } };
  const outbox = open(broken, 'one');
  outbox.begin(0);
  add(outbox);
  assert.deepEqual(refs(outbox.next(16)), [1]);
});

test('[G6] a secret is 32 bytes as base64url', () => {
  assert.equal(makeSecret(new Uint8Array(32)), 'A'.repeat(43));
  const bytes = Uint8Array.from({ length: 32 }, (_, index) => index * 8 + 3);
  assert.equal(makeSecret(bytes), Buffer.from(bytes).toString('base64url'));
  assert.notEqual(makeSecret(), makeSecret());
});

test('[H2] a device keeps its secret, one for each place in each workshop, and forgets on demand', () => {
  const storage = memoryStorage();
  const keeper = new Keeper(storage);
  const identity = new Identity('w1', 'w', keeper);
  assert.equal(identity.isKnown, false);
  const { secret } = identity;
  assert.equal(new Identity('w1', 'w', new Keeper(storage)).secret, secret);
  assert.notEqual(new Identity('w1', 'f', keeper).secret, secret);
  assert.notEqual(new Identity('w2', 'w', keeper).secret, secret);
  identity.forget();
  assert.equal(identity.isKnown, false);
});
