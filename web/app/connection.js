import { SUBPROTOCOL, decode, mayComeBack, time } from './wire.js';

/** Pauses between attempts: drawn evenly from 0 up to a ceiling that doubles, so that a hall does not come back as one. */
const FIRST_CEILING = 300;
const LAST_CEILING = 15_000;
/** A socket that looks open must answer `time` within this, in milliseconds, or it is dropped. */
const PROBE_TIMEOUT = 2_000;
/** Opening and being welcomed may take this long, in milliseconds, on a bad line. */
const WELCOME_TIMEOUT = 15_000;
/** After this much silence, in milliseconds, ask: browsers do not show the server's pings to scripts. */
const QUIET_LIMIT = 25_000;
/** A connection that held this long, in milliseconds, counts as good: the next pause starts small again. */
const SETTLED_AFTER = 5_000;

/**
 * What the connection needs from its surroundings; tests bring their own.
 *
 * @typedef {{ WebSocket: typeof WebSocket, window: EventTarget, document: EventTarget & { visibilityState: string },
 *   setTimeout: (f: () => void, ms: number) => any, clearTimeout: (id: any) => void, random: () => number,
 *   now: () => number }} Surroundings
 */

/** @returns {Surroundings} */
export const browser = () => ({
  WebSocket: globalThis.WebSocket, window: globalThis, document: globalThis.document,
  setTimeout: (f, ms) => globalThis.setTimeout(f, ms), clearTimeout: (id) => globalThis.clearTimeout(id),
  random: Math.random, now: Date.now,
});

/**
 * One socket that is kept alive: dials, dials again after a pause, and finds out fast that a socket is dead after the
 * phone slept. Knows nothing of workshops but the close codes (X1) and `time` (L1).
 *
 * Fires `open` (say hello now), `message` (detail: decoded), `down` and `closed` (detail: code; for good).
 */
export class Connection extends EventTarget {
  /** @type {WebSocket | null} */
  #socket = null;
  #url;
  #env;
  #failures = 0;
  #lastHeard = 0;
  #settledAt = 0;
  #notBefore = 0;
  #timers = { redial: null, probe: null, quiet: null, welcome: null };
  #running = false;
  #welcomed = false;

  /** @param {string} url @param {Surroundings} [env] */
  constructor(url, env = browser()) {
    super();
    this.#url = url;
    this.#env = env;
  }

  /** Dials, and keeps at it until `stop` or a final close code. */
  start() {
    if (this.#running) return;
    this.#running = true;
    const { window, document } = this.#env;
    for (const type of ['online', 'pageshow', 'focus']) window.addEventListener(type, this.#wake);
    window.addEventListener('pagehide', this.#sleep);
    for (const type of ['visibilitychange', 'resume']) document.addEventListener(type, this.#wake);
    this.#dial();
  }

  /** Hangs up, for good. */
  stop() {
    this.#running = false;
    const { window, document } = this.#env;
    for (const type of ['online', 'pageshow', 'focus']) window.removeEventListener(type, this.#wake);
    window.removeEventListener('pagehide', this.#sleep);
    for (const type of ['visibilitychange', 'resume']) document.removeEventListener(type, this.#wake);
    for (const name of Object.keys(this.#timers)) this.#cancel(name);
    this.#hangUp(1000);
  }

  /** The peer said welcome, or asked for work: from here on a lost connection is the line's fault. */
  welcomed() {
    this.#welcomed = true;
    this.#settledAt = this.#env.now() + SETTLED_AFTER;
    this.#cancel('welcome');
    this.#watch();
  }

  /** Does not dial again before `milliseconds` from now, give or take a second (L4). @param {number} milliseconds */
  pause(milliseconds) { this.#notBefore = this.#env.now() + milliseconds; }

  /** @param {string} text @returns {boolean} whether a socket took it */
  send(text) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(text);
    return true;
  }

  /** Asks a socket that looks open whether it lives; without an answer in 2 s it is dropped and dialled anew. */
  probe() {
    if (!this.#welcomed || this.#timers.probe !== null) return;
    const asked = this.#env.now();
    this.send(time(asked));
    this.#later('probe', PROBE_TIMEOUT, () => {
      if (this.#lastHeard < asked) this.#lost(1006);
    });
  }

  #wake = () => {
    if (!this.#running || this.#env.document.visibilityState === 'hidden') return;
    if (this.#socket) this.probe();
    else if (this.#env.now() >= this.#notBefore) {
      this.#failures = 0;
      this.#dial();
    } else if (this.#timers.redial === null) this.#redial(); // It was left, which stops dialling, within the pause.
  };

  // An open socket keeps a page out of the back-forward cache, and a frozen one is dead when the page comes back.
  #sleep = () => {
    if (!this.#running) return;
    this.#cancel('redial');
    if (this.#socket) this.#lost(1000, false);
  };

  #dial() {
    this.#cancel('redial');
    if (!this.#running || this.#socket) return;
    this.#welcomed = false;
    let socket;
    try {
      socket = new this.#env.WebSocket(this.#url, SUBPROTOCOL);
    } catch {
      this.#failures += 1;
      return this.#redial();
    }
    this.#socket = socket;
    // A socket that was given up may still speak; only the present one is listened to.
    const current = (handler) => (event) => this.#socket === socket && handler(event);
    socket.addEventListener('open', current(() => {
      this.#heard();
      this.dispatchEvent(new Event('open'));
    }));
    socket.addEventListener('message', current(({ data }) => {
      this.#heard();
      const message = decode(data);
      if (message) this.dispatchEvent(new CustomEvent('message', { detail: message }));
    }));
    socket.addEventListener('close', current(({ code }) => this.#lost(code)));
    this.#later('welcome', WELCOME_TIMEOUT, () => this.#lost(1006));
    return undefined;
  }

  /** @param {number} code @param {boolean} [again] whether to dial again by oneself */
  #lost(code, again = true) {
    const settled = this.#welcomed && this.#env.now() >= this.#settledAt;
    this.#failures = settled ? 0 : this.#failures + 1;
    for (const name of Object.keys(this.#timers)) this.#cancel(name);
    this.#hangUp(1000);
    this.#welcomed = false;
    if (!mayComeBack(code)) {
      this.stop();
      this.dispatchEvent(new CustomEvent('closed', { detail: code }));
      return;
    }
    this.dispatchEvent(new CustomEvent('down', { detail: code }));
    if (again) this.#redial();
  }

  #redial() {
    const ceiling = Math.min(LAST_CEILING, FIRST_CEILING * 2 ** Math.min(this.#failures, 10));
    const rest = this.#notBefore - this.#env.now();
    const delay = rest > 0 ? rest + this.#env.random() * 1000 : this.#env.random() * ceiling;
    this.#later('redial', delay, () => this.#dial());
  }

  #hangUp(code) {
    const socket = this.#socket;
    this.#socket = null;
    try {
      socket?.close(code);
    } catch { /* it was closed already */ }
  }

  #heard() {
    this.#lastHeard = this.#env.now();
    this.#cancel('probe');
  }

  #watch() {
    this.#later('quiet', QUIET_LIMIT, () => {
      if (this.#env.now() - this.#lastHeard >= QUIET_LIMIT - 1000) this.probe();
      this.#watch();
    });
  }

  #later(name, milliseconds, act) {
    this.#cancel(name);
    this.#timers[name] = this.#env.setTimeout(() => {
      this.#timers[name] = null;
      act();
    }, milliseconds);
  }

  #cancel(name) {
    if (this.#timers[name] !== null) this.#env.clearTimeout(this.#timers[name]);
    this.#timers[name] = null;
  }
}
