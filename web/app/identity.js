/**
 * What a device keeps for a workshop: its secret (H2) and the unsent queue, nothing else. Where the browser keeps nothing
 * (storage blocked or full) the page's own memory stands in, so everything works until the page is closed.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Makes a secret (G6): 32 random bytes as base64url without padding. `crypto.getRandomValues` works without https too.
 *
 * @param {Uint8Array} [bytes] 32 bytes, for tests
 * @returns {string} 43 characters
 */
export function makeSecret(bytes = crypto.getRandomValues(new Uint8Array(32))) {
  let text = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const group = (bytes[start] << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
    for (const shift of [18, 12, 6, 0]) text += ALPHABET[(group >> shift) & 63];
  }
  return text.slice(0, Math.ceil((bytes.length * 8) / 6));
}

/** Local storage that never throws. */
export class Keeper {
  #memory = new Map();
  #storage;

  /** @param {Storage | null} [storage] */
  constructor(storage = browserStorage()) { this.#storage = storage; }

  /** @param {string} key @returns {any} what was kept, or null */
  read(key) {
    if (this.#memory.has(key)) return this.#memory.get(key);
    try {
      return JSON.parse(this.#storage?.getItem(key) ?? 'null');
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {unknown} value @returns {boolean} whether it outlives the page */
  write(key, value) {
    try {
      if (!this.#storage) throw new Error('no storage');
      this.#storage.setItem(key, JSON.stringify(value));
      this.#memory.delete(key);
      return true;
    } catch {
      this.#memory.set(key, value);
      return false;
    }
  }

  /** @param {string} key */
  remove(key) {
    this.#memory.delete(key);
    try {
      this.#storage?.removeItem(key);
    } catch { /* nothing was kept */ }
  }
}

/** @returns {Storage | null} reading the property alone may throw where storage is blocked */
function browserStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/** A device's place in one workshop. The same device may also hold another, such as the facilitator's, beside it. */
export class Identity {
  #keeper;
  #key;

  /**
   * @param {string} workshop
   * @param {string} place one word for the page's role, so that a facilitator's phone can also take part
   * @param {Keeper} [keeper]
   */
  constructor(workshop, place, keeper = new Keeper()) {
    this.#keeper = keeper;
    this.#key = `samskap/${workshop}/${place}/secret`;
    /** Where the outbox keeps its queue. */
    this.outboxKey = `samskap/${workshop}/${place}/outbox`;
  }

  /** Whether this device has been here before. */
  get isKnown() { return typeof this.#keeper.read(this.#key) === 'string'; }

  /** @returns {string} the device's secret, made and kept the first time */
  get secret() {
    const kept = this.#keeper.read(this.#key);
    if (typeof kept === 'string' && kept.length === 43) return kept;
    const secret = makeSecret();
    this.#keeper.write(this.#key, secret);
    return secret;
  }

  /** Forgets the device's secret: the next one is a new participant's. */
  forgetSecret() { this.#keeper.remove(this.#key); }

  /** Forgets the device's place, and what it had not sent. */
  forget() {
    this.forgetSecret();
    this.#keeper.remove(this.outboxKey);
  }
}
