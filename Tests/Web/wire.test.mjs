import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { REFUSAL_CODES, characterCount, command, decode, formatCode, hello, isTemporary, mayComeBack, normalizeCode } from '../../web/app/wire.js';

const protocol = readFileSync(new URL('../../protocol.md', import.meta.url), 'utf8');
const examples = (kind) => [...protocol.matchAll(new RegExp('```json ' + kind + '[^\\n]*\\n([^]*?)```', 'g'))].flatMap(([, text]) => text.trim().split('\n'));

test('every server message of protocol.md is understood', () => {
  const lines = examples('server');
  assert.ok(lines.length >= 8);
  for (const line of lines) assert.equal(decode(line)?.type, JSON.parse(line).type, line);
});

test('[H1] hello is written as protocol.md writes it', () => {
  for (const line of examples('client').filter((text) => text.includes('"hello"'))) {
    const { type, ...members } = JSON.parse(line);
    assert.deepEqual(JSON.parse(hello(members)), { type, ...members });
  }
});

test('[R1] commands are written as protocol.md writes them', () => {
  for (const line of examples('client').filter((text) => text.includes('"ref"'))) {
    const { type, ref, ...members } = JSON.parse(line);
    assert.deepEqual(JSON.parse(command({ type, ref, members })), JSON.parse(line));
  }
});

test('every refusal code of protocol.md is known, and only those that come with a pause are tried again', () => {
  const table = protocol.slice(protocol.indexOf('## Refusals'), protocol.indexOf('- **X1**'));
  const codes = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.ok(codes.length >= 26);
  assert.deepEqual([...REFUSAL_CODES].sort(), [...codes, 'outbox-full'].sort());
  assert.deepEqual(codes.filter(isTemporary), ['busy', 'unavailable']);
});

test('[X1] which close codes mean: come back', () => {
  assert.deepEqual([1000, 1001, 1006, 1011, 4400, 4429, 4499].map(mayComeBack), Array(7).fill(true));
  assert.deepEqual([4500, 4501, 4504, 4999].map(mayComeBack), Array(4).fill(false));
});

test('[G3] what is not a message is null, and a broken one too', () => {
  for (const text of ['', '[]', '{"type":"welcome"}', '{"type":"ack","ref":"1"}', '{"type":"changes","channel":"room","sequence":1,"set":[]}',
    '{"type":"constructor"}', '{"type":"time","t":1.5,"now":2}']) assert.equal(decode(text), null, text);
  assert.equal(decode(new ArrayBuffer(2)), null);
  assert.deepEqual(decode('{"type":"changes","channel":"own","sequence":3}'), { type: 'changes', channel: 'own', sequence: 3, set: {}, drop: [] });
});

test('[G7] a length is in scalar values, without white space at the ends', () => {
  assert.equal(characterCount('  ærlig 👍🏽\n'), 8);
  assert.equal(characterCount(' \n '), 0);
});

test('a join code is read however it is written', () => {
  for (const text of ['KRT-MPX', 'krtmpx', ' krt mpx ', 'k.r.t/m.p.x', 'http://hall.test/j/KRT-MPX?lang=nn', 'KRT–MPX9']) assert.equal(normalizeCode(text), 'KRTMPX', text);
  assert.equal(normalizeCode('KRT'), 'KRT');
  assert.equal(formatCode('KRTMPX'), 'KRT-MPX');
  assert.equal(formatCode('KRT'), 'KRT');
});
