import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkshopClient } from '../../web/app/workshop-client.js';
import { memoryStorage, surroundings } from './support.mjs';

const welcome = (more = {}) => ({
  type: 'welcome', workshop: 'w1', epoch: 'e1', participant: 'p7', role: 'participant', now: 5_000_000, lastRef: 0, channels: ['room', 'own'],
  limits: { noteCharacters: 500, messageBytes: 16384, unanswered: 32 }, ...more,
});
const room = (sequence, set, drop = []) => ({ type: 'changes', channel: 'room', sequence, set, drop });

function start(options = {}) {
  const around = surroundings(options);
  const client = new WorkshopClient({ workshop: 'w1', code: 'KRTMPX', name: 'Kari', via: 'room', ...options.client }, around.env);
  client.start();
  return { ...around, client, socket: () => around.sockets.at(-1) };
}
function live(options) {
  const all = start(options);
  all.socket().open();
  all.socket().receive(welcome(options?.welcome));
  return all;
}

test('[H1] the client speaks first, with its secret, the code and its name', () => {
  const { socket, client } = start();
  assert.equal(socket().url, 'ws://hall.test/ws');
  assert.equal(socket().protocol, 'samskap.v1');
  socket().open();
  const [hello] = socket().sent;
  assert.equal(hello.type, 'hello');
  assert.equal(hello.secret.length, 43);
  assert.equal(hello.code, 'KRTMPX');
  assert.equal(hello.workshop, 'w1');
  assert.equal('since' in hello, false);
  assert.equal(client.status, 'connecting');
  socket().receive(welcome());
  assert.equal(client.status, 'live');
  assert.equal(client.participant, 'p7');
});

test('[H4] after a drop it goes on from what it has seen', () => {
  const { socket, time, client } = live();
  socket().receive(room(41, { session: { title: 'A' } }));
  socket().drop();
  assert.equal(client.status, 'waiting');
  time.advance(20_000);
  socket().open();
  assert.deepEqual(socket().sent[0].since, { room: 41 });
  assert.equal(socket().sent[0].epoch, 'e1');
  assert.equal(client.get('session').title, 'A', 'what was shown stays while away');
});

test('changes come at most once a frame, with all keys', () => {
  const { socket, time, client } = live();
  time.advance(100);
  const seen = [];
  client.addEventListener('change', ({ detail }) => seen.push([...detail].sort()));
  socket().receive(room(1, { session: {}, 'note/n1': {} }));
  socket().receive(room(2, { 'note/n2': {} }, ['note/n1']));
  assert.equal(seen.length, 0);
  time.advance(20);
  assert.deepEqual(seen, [['note/n1', 'note/n2', 'session']]);
});

test('[R2] a promise is kept by ack and broken by refused', async () => {
  const { socket, client } = live();
  const first = client.send('note.add', { text: 'a' });
  const second = client.send('note.add', { text: 'b' });
  assert.deepEqual(client.pending.map(({ ref, state }) => [ref, state]), [[1, 'sent'], [2, 'sent']]);
  socket().receive({ type: 'ack', ref: 1, sequence: 9 });
  socket().receive({ type: 'refused', ref: 2, code: 'wrong-phase' });
  assert.deepEqual(await first, { sequence: 9 });
  await assert.rejects(second, { code: 'wrong-phase' });
  assert.equal(client.pending.length, 0);
});

test('[R3] what was not answered is sent again after a drop, same numbers, same order', async () => {
  const { socket, client, time } = live();
  const answers = [client.send('note.add', { text: 'a' }), client.send('note.add', { text: 'b' })];
  socket().drop();
  const offline = client.send('note.add', { text: 'c' });
  assert.deepEqual(client.pending.map(({ state }) => state), ['sent', 'sent', 'unsent']);
  time.advance(20_000);
  socket().open();
  assert.equal(socket().take('note.add').length, 0, 'nothing before welcome');
  socket().receive(welcome({ lastRef: 1 }));
  assert.deepEqual(socket().take('note.add').map(({ ref, text }) => [ref, text]), [[1, 'a'], [2, 'b'], [3, 'c']]);
  for (const ref of [1, 2, 3]) socket().receive({ type: 'ack', ref, sequence: ref });
  await Promise.all([...answers, offline]);
});

test('[R3] a page that was reloaded sends its queue, and tells of a refusal by an event', () => {
  const storage = memoryStorage();
  const before = start({ storage });
  before.client.send('note.add', { text: 'written in the tunnel' }).catch(() => {});
  const { socket, client } = live({ storage });
  const refused = [];
  client.addEventListener('refused', ({ detail }) => refused.push([detail.code, detail.command.members.text]));
  assert.deepEqual(socket().take('note.add').map(({ text }) => text), ['written in the tunnel']);
  socket().receive({ type: 'refused', ref: 1, code: 'input-closed' });
  assert.deepEqual(refused, [['input-closed', 'written in the tunnel']]);
});

test('[R6] busy: the same command, the same number, after the pause', () => {
  const { socket, client, time } = live();
  client.send('note.add', { text: 'a' });
  socket().receive({ type: 'refused', ref: 1, code: 'busy', retryAfterSeconds: 2 });
  client.send('note.add', { text: 'b' });
  assert.equal(socket().take('note.add').length, 1, 'nothing new passes it');
  time.advance(1_900);
  assert.equal(socket().take('note.add').length, 1);
  time.advance(1_000);
  assert.deepEqual(socket().take('note.add').map(({ ref, text }) => [ref, text]), [[1, 'a'], [1, 'a'], [2, 'b']]);
});

test('[R3] stale-ref: the command was never accepted, so it is sent once more under a new number', async () => {
  const { socket, client } = live();
  const answer = client.send('note.add', { text: 'a' });
  socket().receive({ type: 'refused', ref: 1, code: 'stale-ref' });
  assert.deepEqual(socket().take('note.add').map(({ ref }) => ref), [1, 2]);
  socket().receive({ type: 'refused', ref: 2, code: 'stale-ref' });
  await assert.rejects(answer, { code: 'stale-ref' });
});

test('[G2] a message that would be too long is refused here and never sent', async () => {
  const { socket, client } = live();
  await assert.rejects(client.send('note.add', { text: 'å'.repeat(9_000) }), { code: 'too-long' });
  assert.equal(socket().take('note.add').length, 0);
});

test('[G2] a command that the server cannot read does not block the others for ever', async () => {
  const { socket, client, time } = live();
  const poison = client.send('note.add', { text: 'x' });
  const refused = assert.rejects(poison, { code: 'malformed' });
  client.send('note.add', { text: 'y' });
  for (let i = 0; i < 3; i += 1) {
    socket().drop(4400);
    time.advance(3_000);
    socket().open();
    socket().receive(welcome());
  }
  await refused;
  assert.deepEqual(client.pending.map(({ members }) => members.text), ['y']);
});

test('[X1] 4500 and above: closed for good; below: come back', () => {
  const first = live();
  first.socket().drop(4408);
  first.time.advance(3_000);
  assert.equal(first.sockets.length, 2);
  first.socket().open();
  first.socket().drop(4501);
  first.time.advance(600_000);
  assert.equal(first.sockets.length, 2);
  assert.equal(first.client.status, 'closed');
  assert.equal(first.client.closeCode, 4501);
  assert.equal(first.client.closeReason, 'removed');
});

test('[X1, P7] erased on the server is forgotten here, what waits to be sent too', () => {
  for (const [code, reason] of [[4502, 'erased'], [4503, 'gone']]) {
    const storage = memoryStorage();
    const { client, socket, time, sockets } = live({ storage });
    client.send('note.add', { text: 'On its way' }).catch(() => {});
    assert.equal(storage.keys().length, 2);
    socket().drop(code);
    assert.equal(client.status, 'closed');
    assert.equal(client.closeReason, reason);
    assert.deepEqual(storage.keys(), []);
    time.advance(600_000);
    assert.equal(sockets.length, 1);
    assert.deepEqual(storage.keys(), []);
  }
});

test('[K3, X1] a device whose link was replaced forgets its secret and does not come back by itself', () => {
  const storage = memoryStorage();
  const { client, socket, time, sockets } = live({ storage });
  socket().drop(4505);
  assert.equal(client.closeReason, 'replaced');
  assert.deepEqual(storage.keys(), []);
  time.advance(600_000);
  assert.equal(sockets.length, 1);
});

test('[K3] what was written behind a replaced link and not answered goes out by the new one, and nothing else does', () => {
  const storage = memoryStorage();
  const first = live({ storage, client: { link: 'H'.repeat(43), code: undefined } });
  const before = first.socket().take('hello')[0].secret;
  for (const [type, members] of [['note.add', { text: 'typed in the tunnel' }], ['link.replace', { role: 'helper', link: 'X'.repeat(43) }], ['note.withdraw', { note: 'n1' }]]) {
    first.client.send(type, members).catch(() => {});
  }
  first.socket().drop(4505);
  assert.ok(!storage.keys().some((key) => key.endsWith('/secret')));
  assert.ok(!storage.keys().some((key) => storage.getItem(key).includes('X'.repeat(43))));
  const second = live({ storage, client: { link: 'N'.repeat(43), code: undefined } });
  const [hello] = second.socket().take('hello');
  assert.notEqual(hello.secret, before);
  assert.deepEqual(second.socket().sent.filter(({ ref }) => ref !== undefined), [{ type: 'note.add', ref: 1, text: 'typed in the tunnel' }]);
});

test('[K2] told of new links, it comes back with the one that holds', () => {
  const { client, socket, time, sockets } = live();
  let told = 0;
  client.addEventListener('links', () => { told += 1; });
  const links = { facilitator: 'F'.repeat(43), helper: 'H'.repeat(43) };
  socket().receive({ type: 'links', links });
  assert.equal(told, 1);
  assert.deepEqual(client.links, links);
  socket().drop();
  while (sockets.length === 1) time.advance(10);
  socket().open();
  assert.equal(socket().take('hello')[0].link, links.facilitator);
});

test('[P2] who was removed, and then has everything erased, is told that', () => {
  const storage = memoryStorage();
  const { client, socket } = live({ storage });
  socket().drop(4501);
  assert.equal(client.closeReason, 'removed');
  let told = 0;
  client.addEventListener('status', () => { told += 1; });
  client.vanish(4502);
  assert.equal(client.closeReason, 'erased');
  assert.equal(told, 1);
  assert.deepEqual(storage.keys(), []);
});

test('pauses grow to 15 s and are drawn, so that a hall does not come back as one', () => {
  const { time, sockets, socket } = start();
  const gaps = [];
  for (let i = 0; i < 9; i += 1) {
    const before = time.now;
    const count = sockets.length;
    socket().drop();
    while (sockets.length === count) time.advance(10);
    gaps.push(time.now - before);
  }
  assert.ok(gaps[0] <= 310 && gaps.at(-1) >= 7_400 && gaps.at(-1) <= 7_600, String(gaps));
});

test('[L4] bye: not back before the pause it asks for', () => {
  const { socket, time, sockets } = live();
  socket().receive({ type: 'bye', reason: 'restart', comeBackAfterMilliseconds: 1200 });
  socket().drop(1001);
  time.advance(1_190);
  assert.equal(sockets.length, 1);
  time.advance(1_100);
  assert.equal(sockets.length, 2);
});

test('[L1] a phone that wakes asks, and a socket without an answer in 2 s is dropped', () => {
  const { socket, time, sockets, document } = live();
  time.advance(10_000);
  socket().receive({ type: 'presence', room: 1, remote: 0 });
  time.advance(1_000);
  const asked = socket().take('time').length;
  document.dispatchEvent(new Event('visibilitychange'));
  assert.equal(socket().take('time').length, asked + 1);
  time.advance(2_100);
  assert.equal(socket() === sockets[0] && sockets[0].closed, 1000);
  time.advance(1_000);
  assert.equal(sockets.length, 2);
});

test('[L1] a socket that answers is kept', () => {
  const { socket, time, sockets, window } = live();
  window.dispatchEvent(new Event('online'));
  const [{ t }] = socket().take('time').slice(-1);
  time.advance(500);
  socket().receive({ type: 'time', t, now: 5_000_500 });
  time.advance(5_000);
  assert.equal(sockets.length, 1);
});

test('while waiting, a word from the network dials at once', () => {
  const { time, sockets, socket, window } = live();
  for (let i = 0; i < 6; i += 1) {
    socket().drop();
    time.advance(20_000);
  }
  socket().drop();
  const count = sockets.length;
  window.dispatchEvent(new Event('online'));
  assert.equal(sockets.length, count + 1);
});

test('[G3] unknown and broken messages change nothing', () => {
  const { socket, client } = live();
  socket().receive({ type: 'sparkle' });
  socket().receive({ type: 'changes', channel: 'room', sequence: 'x' });
  socket().dispatchEvent(new MessageEvent('message', { data: '{' }));
  assert.equal(client.status, 'live');
});

test('now() follows the server, whatever the device believes', () => {
  const { client, time } = live();
  assert.ok(Math.abs(client.now() - 5_000_000) < 5);
  time.advance(1_000);
  assert.ok(Math.abs(client.now() - 5_001_000) < 5);
});

test('two tabs of one phone never use a number twice', async () => {
  const storage = memoryStorage();
  const one = live({ storage });
  const two = live({ storage });
  const first = two.client.send('note.add', { text: 'two' });
  assert.equal(two.socket().take('note.add')[0].ref, 1);
  two.socket().receive({ type: 'ack', ref: 1, sequence: 1 });
  await first;
  one.client.send('note.add', { text: 'one' });
  assert.equal(one.socket().take('note.add')[0].ref, 2);
});

test('full: the way in is closed and says why', () => {
  const { socket, client } = start();
  socket().open();
  socket().receive({ type: 'refused', code: 'full' });
  assert.equal(client.status, 'closed');
  assert.equal(client.closeReason, 'full');
});
