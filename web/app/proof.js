/**
 * The work that a door may ask of a newcomer while somebody guesses codes (protocol.md, H8): SHA-256 over small numbers until
 * enough of them hit. Loaded only when a door asks. Written here because Web Crypto wants https, which a hall's own network may
 * not have, and answers one digest a promise; on the page's own thread, in slices, because a Worker's address is a script's,
 * and no page of ours may make one (Trusted Types).
 */

/** How long the page is held at a time, in milliseconds: less than one frame. */
const SLICE = 10;
/** Numbers tried between two looks at the clock. */
const STRIDE = 256;

/** FIPS 180-4 §4.2.2 and §5.3.3: the first 32 bits of the fractional parts of cube roots and square roots of primes. */
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = Int32Array.from(PRIMES, (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(PRIMES.slice(0, 8), (p) => fraction(Math.sqrt(p)));

/**
 * The first word of the SHA-256 of one block.
 *
 * @param {Int32Array} w 64 words, the first 16 of them the padded message; the others are overwritten
 * @returns {number} the digest's first 32 bits
 */
function firstWord(w) {
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = START[0];
  let b = START[1];
  let c = START[2];
  let d = START[3];
  let e = START[4];
  let f = START[5];
  let g = START[6];
  let h = START[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  return (a + START[0]) | 0;
}

/** @param {string} text base64url without padding (G6) @returns {Uint8Array} */
const decode = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

/** @param {Uint8Array} bytes @returns {string} */
const encode = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** The work under way; there is never need for two. */
let latest;

/** Lets the page paint and hear; a message comes sooner than a timer, which browsers slow down. */
function breathe() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/**
 * Solves a challenge. A newer one takes the place of one that is being solved, whose promise is then never kept: its asker is
 * a page that was left or a line that was lost.
 *
 * @param {{ challenge: string, solutions: number, bits: number }} asked as the server sent it
 * @param {(share: number) => void} [onProgress] told how much is done, 0 to 1
 * @returns {Promise<string>} the proof
 * @throws {RangeError} for a challenge that no server of this protocol sends
 */
export async function solve({ challenge, solutions, bits }, onProgress = () => {}) {
  const head = decode(challenge);
  if (!(head.length <= 50 && solutions >= 1 && solutions <= 64 && bits >= 1 && bits <= 32)) throw new RangeError('challenge');
  const mine = {};
  latest = mine;
  const block = new DataView(new ArrayBuffer(64));
  head.forEach((byte, index) => block.setUint8(index, byte));
  const at = head.length + 1;
  block.setUint8(at + 4, 0x80);
  block.setUint32(60, (at + 4) * 8);
  const found = new DataView(new ArrayBuffer(solutions * 4));
  const w = new Int32Array(64);
  // The number stands in one word of the block, or across two.
  const words = [at >> 2, (at + 3) >> 2];
  let until = performance.now() + SLICE;
  for (let i = 0; i < solutions; i += 1) {
    block.setUint8(head.length, i);
    for (let k = 0; k < 16; k += 1) w[k] = block.getInt32(k * 4);
    for (let n = 0; ; n += 1) {
      if (n % STRIDE === 0 && performance.now() > until) {
        onProgress(i / solutions);
        await breathe();
        if (latest !== mine) return new Promise(() => {});
        until = performance.now() + SLICE;
      }
      block.setUint32(at, n);
      w[words[0]] = block.getInt32(words[0] * 4);
      w[words[1]] = block.getInt32(words[1] * 4);
      if (firstWord(w) >>> (32 - bits) === 0) {
        found.setUint32(i * 4, n);
        break;
      }
    }
  }
  return `${challenge}.${encode(new Uint8Array(found.buffer))}`;
}
