/**
 * SHA-256 and HMAC for the few places where a page derives a link's secret from another (protocol.md, A2 and Q). Written here
 * because Web Crypto wants https, which a hall's own network may not have.
 */

/** FIPS 180-4 §4.2.2 and §5.3.3: the first 32 bits of the fractional parts of cube roots and square roots of primes. */
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((p) => n % p)) PRIMES.push(n);
const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = Int32Array.from(PRIMES, (p) => fraction(Math.cbrt(p)));
const START = Int32Array.from(PRIMES.slice(0, 8), (p) => fraction(Math.sqrt(p)));
const BLOCK = 64;

/** @param {Uint8Array} message @returns {Uint8Array} its SHA-256, 32 bytes */
export function sha256(message) {
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / BLOCK) * BLOCK));
  message.forEach((byte, index) => padded.setUint8(index, byte));
  padded.setUint8(message.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(message.length) * 8n);
  const state = Int32Array.from(START);
  const w = new Int32Array(64);
  for (let start = 0; start < padded.byteLength; start += BLOCK) {
    for (let i = 0; i < 16; i += 1) w[i] = padded.getInt32(start + i * 4);
    compress(state, w);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setInt32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

const turn = (x, by) => (x >>> by) | (x << (32 - by));

function compress(state, w) {
  for (let i = 16; i < 64; i += 1) {
    const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => { state[index] = (state[index] + word) | 0; });
}

/** @param {Uint8Array} key at most 64 bytes @param {Uint8Array} message @returns {Uint8Array} HMAC-SHA-256 (RFC 2104) */
export function hmac(key, message) {
  const pad = (with_) => Uint8Array.from({ length: BLOCK }, (_, index) => (key[index] ?? 0) ^ with_);
  return sha256(join(pad(0x5c), sha256(join(pad(0x36), message))));
}

function join(a, b) {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

/**
 * The secret that follows from a link's (A2).
 *
 * @param {string} link base64url without padding, 43 characters (G6)
 * @param {string} message such as `session/2`
 * @returns {string} 43 characters
 */
export function derive(link, message) {
  const key = Uint8Array.from(atob(link.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const bytes = hmac(key, new TextEncoder().encode(message));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
