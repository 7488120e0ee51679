/** What the process page thinks, without a page: items and their ways, the next best action, traces, addresses. */
import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readAddress } from '../../web/app/address.js';
import { derive, sha256 } from '../../web/app/digest.js';
import { byKind, moveBy, noteCount, readItems, usedNotes } from '../../web/process/model.js';
import { nextStep } from '../../web/process/next.js';
import { readRoute, routeAddress } from '../../web/process/route.js';
import { originsOf } from '../../web/process/session-view.js';
import { backwards, countNotes, forwards, layers, readTrace } from '../../web/process/trace.js';

const entry = (kind, step, from = [], more = {}) => ({ kind, step, text: kind, from, rank: 1, published: false, state: 'open', ...more });
const ENTRIES = [
  ['i1', entry('frame', 1, [{ session: 's1', note: 'n9' }])],
  ['i2', entry('need', 2, [{ item: 'i1' }, { session: 's2', cluster: 'c1', notes: ['n1', 'n3'] }, { session: 's2', note: 'n5' }], { rank: 2 })],
  ['i3', entry('need', 2, [], { rank: 1 })],
  ['i4', entry('idea', 3, [{ item: 'i2' }, { session: 's3', note: 'n1' }])],
  ['i5', entry('test', 4, [{ item: 'i4' }])],
  ['i6', entry('decision', 5, [{ item: 'i5' }], { fields: { outcome: 'stop', why: '' } })],
].map(([id, value]) => ({ id, entry: value }));
const items = readItems(ENTRIES);

test('items stand by step, kind and rank, and know what came of them', () => {
  assert.deepEqual(items.map(({ id }) => id), ['i1', 'i3', 'i2', 'i4', 'i5', 'i6']);
  assert.deepEqual(items.find(({ id }) => id === 'i2').to, ['i4']);
  assert.deepEqual(byKind(items).map(({ kind, items: some }) => [kind, some.length]), [['frame', 1], ['need', 2], ['idea', 1], ['test', 1], ['decision', 1]]);
});

test('a note knows the items it went into, alone or in a cluster; it is counted once', () => {
  const used = usedNotes(items);
  assert.deepEqual(used.get('s2/n3'), ['i2']);
  assert.deepEqual(used.get('s2/c1'), ['i2']);
  assert.equal(used.get('s2/n4'), undefined);
  assert.equal(noteCount({ from: [{ session: 's2', cluster: 'c1', notes: ['n1', 'n3'] }, { session: 's2', note: 'n1' }, { session: 's3', note: 'n1' }] }), 3);
});

test('one place up or down is said as the item to stand after', () => {
  const ranked = [{ id: 'i1' }, { id: 'i2' }, { id: 'i3' }];
  assert.deepEqual(moveBy(ranked, 'i3', -1), { after: 'i1' });
  assert.deepEqual(moveBy(ranked, 'i2', -1), { after: null });
  assert.deepEqual(moveBy(ranked, 'i1', 1), { after: 'i2' });
  assert.equal(moveBy(ranked, 'i1', -1), null);
  assert.equal(moveBy(ranked, 'i3', 1), null);
});

test('what is ticked becomes origins: a cluster with its notes, and notes that are in no ticked cluster', () => {
  const board = { clusters: [{ cluster: 'c1', name: 'x', notes: ['n1', 'n2'] }], notes: [{ note: 'n1', cluster: 'c1' }, { note: 'n2', cluster: 'c1' }, { note: 'n3', cluster: null }] };
  assert.deepEqual(originsOf(board, 's2', new Set(['c1', 'n1', 'n3'])), [{ session: 's2', cluster: 'c1', notes: ['n1', 'n2'] }, { session: 's2', note: 'n3' }]);
  assert.deepEqual(originsOf(board, 's2', new Set(['n2'])), [{ session: 's2', note: 'n2' }]);
});

const situation = (how = {}) => {
  const state = { challenge: 'c', step: 1, sessions: [], used: new Map(), items: [], published: false, ...how };
  state.steps = [1, 2, 3, 4, 5].map((step) => ({
    step, heard: '', done: '', ...how.summaries?.[step], sessions: state.sessions.filter((session) => session.step === step), items: state.items.filter((item) => item.step === step),
  }));
  return state;
};
const session = (id, step, state, more = {}) => ({ id, step, state, kind: 'live', notes: 0, ...more });

test('there is always one best thing to do, from the challenge to the last decision', () => {
  const act = (how) => nextStep(situation(how)).id;
  assert.equal(act({ challenge: '' }), 'challenge');
  assert.equal(act({}), 'session');
  assert.equal(act({ sessions: [session('s1', 1, 'planned')] }), 'begin');
  assert.equal(act({ sessions: [session('s1', 1, 'open')] }), 'lead');
  assert.equal(act({ step: 2, sessions: [session('s1', 2, 'open', { kind: 'collection' })], items: items.slice(0, 1) }), 'collect');
  assert.equal(act({ sessions: [session('s1', 1, 'ended', { notes: 3 })] }), 'analyse');
  assert.equal(act({ sessions: [session('s1', 1, 'closed', { notes: 3 })] }), 'analyse');
  assert.equal(act({ sessions: [session('s1', 1, 'ended', { notes: 3 })], used: new Map([['s1/n1', ['i3']]]) }), 'produce');
  assert.equal(act({ sessions: [session('s1', 1, 'ended')], items: [items[0]] }), 'summarise');
  const told = { summaries: { 1: { heard: 'h', done: 'd' } }, items: [items[0]] };
  assert.equal(act(told), 'publish');
  assert.deepEqual(nextStep(situation({ ...told, published: true })), { id: 'onward', step: 2 });
  const undecided = readItems(ENTRIES.slice(0, 5));
  assert.deepEqual(nextStep(situation({ step: 5, items: undecided, sessions: [session('s9', 5, 'ended')] })), { id: 'decide', step: 5, item: 'i5' });
  assert.equal(act({ step: 5, items, published: true, summaries: { 5: { heard: 'h', done: 'd' } } }), 'done');
});

const ANSWER = {
  item: 'i6', items: ENTRIES.filter(({ id }) => id !== 'i3').map(({ id, entry: value }) => ({ item: id, ...value })),
  sessions: [{ session: 's1', title: 'A' }, { session: 's2', title: 'B' }, { session: 's3', title: 'C' }],
  clusters: [{ session: 's2', cluster: 'c1', name: 'Steder' }],
  notes: [{ session: 's1', note: 'n9', state: 'there', text: '9' }, { session: 's2', note: 'n1', state: 'there', text: '1' }, { session: 's2', note: 'n3', state: 'withdrawn' },
    { session: 's2', note: 'n5', state: 'there', text: '5' }, { session: 's3', note: 'n1', state: 'there', text: 'taken along', from: [{ item: 'i2' }] }],
  carried: [{ session: 's3', note: 'n1', from: [{ item: 'i2' }] }],
};
const flat = (tree) => [`${tree.type} ${tree.key}${tree.again ? ' again' : ''}`, ...tree.children.flatMap((child) => flat(child).map((line) => `  ${line}`))];

test('a decision leads back to single notes, through items, clusters and what was taken along', () => {
  const tree = backwards(readTrace(ANSWER));
  assert.deepEqual(flat(tree), [
    'item i6', '  item i5', '    item i4', '      item i2', '        item i1', '          session s1', '            note s1/n9',
    '        session s2', '          cluster s2/c1', '            note s2/n1', '            note s2/n3', '          note s2/n5',
    '      session s3', '        note s3/n1', '          item i2 again',
  ]);
  assert.equal(countNotes(tree), 4);
});

test('an item leads forward to its decision, also by way of what was taken along, and says what stands further up', () => {
  assert.deepEqual(flat(forwards(readTrace({ ...ANSWER, item: 'i1' }))), [
    'item i1', '  item i2', '    note s3/n1', '      item i4', '        item i5', '          item i6', '    item i4 again']);
});

test('the picture holds each thing once, each to the right of what it came from', () => {
  const { columns, lines } = layers(readTrace(ANSWER));
  const at = new Map(columns.flatMap((column, index) => column.map(({ key }) => [key, index])));
  assert.equal(at.size, columns.flat().length);
  assert.equal(at.size, 5 + 5);
  for (const { from, to } of lines) assert.ok(at.get(from) < at.get(to), `${from} → ${to}`);
});

test('a trace that is told in a ring ends', () => {
  const ring = readTrace({ item: 'i1', items: [{ item: 'i1', ...entry('idea', 3, [{ item: 'i2' }]) }, { item: 'i2', ...entry('idea', 3, [{ item: 'i1' }]) }] });
  assert.deepEqual(flat(backwards(ring)), ['item i1', '  item i2', '    item i1 again']);
  assert.deepEqual(flat(forwards(ring)), ['item i1', '  item i2', '    item i1 again']);
  layers(ring);
});

test('links follow from a link as on the server', () => {
  const key = randomBytes(32);
  assert.equal(derive(key.toString('base64url'), 'session/12'), createHmac('sha256', key).update('session/12').digest('base64url'));
  for (const length of [0, 55, 56, 63, 64, 65, 300]) {
    const message = randomBytes(length);
    assert.deepEqual(Buffer.from(sha256(message)), createHash('sha256').update(message).digest());
  }
});

test('addresses: the page, its views, and the secret that stays after #', () => {
  const link = 'A'.repeat(43);
  assert.deepEqual(readAddress({ pathname: '/p/w1', hash: `#${link}` }), { page: 'process', workshop: 'w1', link });
  assert.deepEqual(readAddress({ pathname: '/p/w1', hash: '#item-i3' }), { page: 'process', workshop: 'w1' });
  assert.deepEqual(readRoute({ search: '?item=i3&lang=nn' }), { view: 'item', item: 'i3' });
  assert.deepEqual(readRoute({ search: '?session=s2' }), { view: 'session', session: 's2' });
  assert.deepEqual(readRoute({ search: '?view=items' }), { view: 'items' });
  assert.deepEqual(readRoute({ search: '?item=%3Cscript%3E' }), { view: 'overview' });
  const from = { pathname: '/p/w1', search: '?session=s2&lang=nn', hash: `#${link}` };
  assert.equal(routeAddress({ item: 'i3' }, from), `/p/w1?item=i3&lang=nn#${link}`);
  assert.equal(routeAddress({ view: 'overview' }, { ...from, search: '' }), `/p/w1#${link}`);
});
