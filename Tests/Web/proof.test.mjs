/** The work that a door may ask for (protocol.md, H7 and H8). */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { solve } from '../../web/app/proof.js';
import { WorkshopClient } from '../../web/app/workshop-client.js';
import { decode } from '../../web/app/wire.js';
import { surroundings } from './support.mjs';

const protocol = readFileSync(new URL('../../protocol.md', import.meta.url), 'utf8');

/** Zero bits of each of a proof's digests, by another SHA-256. */
function zeroBits(proof) {
  const [challenge, numbers] = proof.split('.').map((text) => Buffer.from(text, 'base64url'));
  return Array.from({ length: numbers.length / 4 }, (_, i) => Math.clz32(
    createHash('sha256').update(challenge).update(Buffer.of(i)).update(numbers.subarray(i * 4, i * 4 + 4)).digest().readUInt32BE(0)));
}

test('[H8] the proof of protocol.md is found', async () => {
  const challenge = protocol.match(/^\{"type":"challenge".*\}$/m)[0];
  assert.equal(await solve(decode(challenge)), protocol.match(/"proof":"([^"]+)"/)[1]);
});

test('[H8] a challenge of any length that may be', async () => {
  for (let length = 1; length <= 50; length += 1) {
    const challenge = Buffer.from(Array.from({ length }, (_, i) => i * 37 + length)).toString('base64url');
    const proof = await solve({ challenge, solutions: 3, bits: 6 });
    assert.ok(zeroBits(proof).length === 3 && zeroBits(proof).every((bits) => bits >= 6), `${length} bytes`);
  }
});

test('[H8] what no server sends is not worked on', async () => {
  const fine = { challenge: 'AAAA', solutions: 1, bits: 1 };
  for (const wrong of [{ challenge: 'A'.repeat(68) }, { solutions: 0 }, { solutions: 65 }, { bits: 0 }, { bits: 33 }]) {
    await assert.rejects(solve({ ...fine, ...wrong }), RangeError);
  }
});

test('the page goes on meanwhile, and is told how far it is', async () => {
  let ticks = 0;
  const shares = [];
  const ticking = setInterval(() => { ticks += 1; }, 1);
  const begun = performance.now();
  await solve({ challenge: 'AAAAAAAPQkANEAABAgMEBQYHCAkKCwwNDg8', solutions: 16, bits: 15 }, (share) => shares.push(share));
  const milliseconds = performance.now() - begun;
  clearInterval(ticking);
  assert.ok(ticks > milliseconds / 60, `${ticks} times in ${milliseconds} ms`);
  assert.ok(shares.length > 2 && shares.every((share, i) => share < 1 && (i === 0 || share >= shares[i - 1])));
});

test('a newer challenge takes the place of the one under way', async () => {
  let isKept = false;
  solve({ challenge: 'AAAA', solutions: 64, bits: 20 }).then(() => { isKept = true; });
  await new Promise((resolve) => { setTimeout(resolve, 30); });
  const proof = await solve({ challenge: 'AAAB', solutions: 1, bits: 4 });
  assert.ok(proof.startsWith('AAAB.'));
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  assert.ok(!isKept);
});

test('[H7] asked for work, the client says the same hello again with the proof', async () => {
  const { env, sockets, time } = surroundings();
  const client = new WorkshopClient({ workshop: 'w1', code: 'KRTMPX', name: 'Kari', via: 'room' }, env);
  client.start();
  sockets[0].open();
  sockets[0].receive({ type: 'challenge', challenge: 'AAAA', solutions: 2, bits: 4, expiresInMilliseconds: 120_000 });
  while (sockets[0].sent.length < 2) await new Promise((resolve) => { setTimeout(resolve, 5); });
  const [first, second] = sockets[0].sent;
  assert.deepEqual({ ...second, proof: undefined }, { ...first, proof: undefined });
  assert.ok(zeroBits(second.proof).every((bits) => bits >= 4));
  // Longer than a welcome may take on a bad line: the server waits, and so does the client.
  time.advance(20_000);
  assert.equal(sockets.length, 1);
  sockets[0].drop(4401);
  time.advance(1_000);
  sockets[1].open();
  assert.equal(sockets[1].sent[0].proof, second.proof, 'on another line the hello carries it at once');
  client.stop();
});
