/**
 * The messages of `samskap.v1` (protocol.md) as this client reads and writes them. No DOM, no socket.
 *
 * @typedef {{ type: 'welcome', workshop: string, epoch: string, participant: string, role: string, now: number,
 *   lastRef: number, channels: string[], limits?: Limits, links?: Record<string, string> }} Welcome
 * @typedef {{ noteCharacters: number, messageBytes: number, unanswered: number }} Limits
 * @typedef {{ type: 'changes', channel: string, sequence: number, set: Record<string, object>, drop: string[], whole?: boolean }} Changes
 */

/** The WebSocket subprotocol (G1). */
export const SUBPROTOCOL = 'samskap.v1';

/** What holds until `welcome` says otherwise (G2, R4). @type {Limits} */
export const DEFAULT_LIMITS = Object.freeze({ noteCharacters: 500, messageBytes: 16384, unanswered: 32 });

/** Every refusal code of protocol.md, and `outbox-full`, which this client makes itself. Each has a text in `i18n/`. */
export const REFUSAL_CODES = Object.freeze([
  'not-allowed', 'wrong-phase', 'input-closed', 'locked', 'ended', 'removed', 'not-found', 'not-yours', 'empty',
  'too-long', 'invalid-value', 'too-many-notes', 'limit-reached', 'budget-spent', 'cap-reached', 'round-closed',
  'round-open', 'list-closed', 'no-timer', 'nothing-to-undo', 'phase-in-use', 'stale-ref', 'waiting', 'too-soon', 'full', 'wrong-kind', 'malformed', 'unknown-type',
  'busy', 'unavailable', 'outbox-full',
]);

/** Commands whose value is absolute and whose `ref` is not counted (R5). */
const UNCOUNTED = new Set(['vote.cast', 'vote.table', 'hands.record']);

/** @param {string} type @returns {boolean} whether a newer one of these takes the place of an older, unsent one (R5) */
export const isAbsolute = (type) => UNCOUNTED.has(type);

/** @param {string} code @returns {boolean} whether the same command is to be sent again later (R6) */
export const isTemporary = (code) => code === 'busy' || code === 'unavailable';

/** @param {number} closeCode @returns {boolean} whether to come back by oneself (X1) */
export const mayComeBack = (closeCode) => !(closeCode >= 4500 && closeCode <= 4999);

const isInteger = Number.isSafeInteger;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isStrings = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');

/** What each known message must have before the rest of the client may trust it. */
const SHAPES = {
  welcome: (m) => typeof m.workshop === 'string' && typeof m.epoch === 'string' && typeof m.role === 'string'
    && isInteger(m.now) && isInteger(m.lastRef) && isStrings(m.channels),
  changes: (m) => typeof m.channel === 'string' && isInteger(m.sequence)
    && (m.set === undefined || isObject(m.set)) && (m.drop === undefined || isStrings(m.drop)),
  ack: (m) => isInteger(m.ref),
  refused: (m) => typeof m.code === 'string',
  time: (m) => isInteger(m.t) && isInteger(m.now),
  presence: (m) => isInteger(m.room) && isInteger(m.remote),
  links: (m) => isObject(m.links),
  bye: () => true,
  challenge: (m) => typeof m.challenge === 'string' && isInteger(m.solutions) && isInteger(m.bits),
};

/**
 * Reads one message from the server.
 *
 * @param {unknown} data what the socket delivered
 * @returns {Record<string, any> | null} the message; null for what is unknown (G3) or not as protocol.md says
 */
export function decode(data) {
  if (typeof data !== 'string') return null;
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  if (!isObject(message) || !Object.hasOwn(SHAPES, message.type) || !SHAPES[message.type](message)) return null;
  if (message.type === 'changes') return { ...message, set: message.set ?? {}, drop: message.drop ?? [] };
  return message;
}

/**
 * Makes the first message (H1–H4, H7). Members without a value are left out.
 *
 * @param {{ secret: string, workshop?: string, code?: string, link?: string, name?: string, via?: string, proof?: string,
 *   epoch?: string, since?: Record<string, number> }} members
 * @returns {string}
 */
export function hello({ secret, workshop, code, link, name, via, proof, epoch, since }) {
  const resume = epoch !== undefined && since !== undefined && Object.keys(since).length > 0;
  return JSON.stringify({
    type: 'hello', secret,
    ...(workshop && { workshop }), ...(code && { code }), ...(link && { link }),
    ...(name && { name }), ...(via && { via }), ...(proof && { proof }),
    ...(resume && { epoch, since }),
  });
}

/** @param {{ ref: number, type: string, members: object }} command @returns {string} (R1) */
export const command = ({ ref, type, members }) => JSON.stringify({ ...members, type, ref });

/** @param {number} t the sender's clock in whole milliseconds @returns {string} (L1) */
export const time = (t) => JSON.stringify({ type: 'time', t });

/** @param {string} text @returns {number} its length in bytes of UTF-8 (G2) */
export const byteLength = (text) => new TextEncoder().encode(text).length;

/**
 * Counts a text as the server does (G7): Unicode scalar values, without white space at the ends.
 *
 * @param {string} text
 * @returns {number}
 */
export const characterCount = (text) => [...text.trim()].length;

const CODE_LETTERS = 'ABDEFGHJKLMNPRSTUVXYZ';

/**
 * Reads a join code as people write it: any case, spaces, hyphens, a whole address pasted in.
 *
 * @param {string} written
 * @returns {string} at most six letters of the code's alphabet, upper case
 */
export function normalizeCode(written) {
  const address = /\/j\/([^/?#]+)/i.exec(written);
  return [...(address ? address[1] : written).toUpperCase()].filter((letter) => CODE_LETTERS.includes(letter))
    .slice(0, 6).join('');
}

/** @param {string} code six letters @returns {string} as people read it, `KRT-MPX` */
export const formatCode = (code) => (code.length > 3 ? `${code.slice(0, 3)}-${code.slice(3)}` : code);
