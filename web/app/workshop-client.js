import { ServerClock } from './clock.js';
import { Connection, browser } from './connection.js';
import { Identity, Keeper, makeSecret } from './identity.js';
import { Outbox } from './outbox.js';
import { Store } from './store.js';
import { DEFAULT_LIMITS, byteLength, command as encodeCommand, hello, isTemporary, time } from './wire.js';

/** A command out for longer than this, in milliseconds, is a reason to ask whether the line is alive. */
const ANSWER_EXPECTED = 4_000;
/** How often a fresh estimate of the server's clock is asked for, in milliseconds. */
const CLOCK_INTERVAL = 120_000;
/** Fewer than the server allows (R4), so that a resend after a merge never reaches the limit. */
const WINDOW = 16;

/** The rules refused a command; `code` is one of protocol.md's, or `outbox-full` from this client itself. */
export class RefusalError extends Error {
  /** @param {string} code @param {number} [retryAfterSeconds] */
  constructor(code, retryAfterSeconds) {
    super(code);
    this.name = 'RefusalError';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * One page's view of one workshop: what it shows, and a way to act on it. All pages are written against this class.
 *
 * Events: `status`, `welcome`, `presence`; `change` at most once a frame, with `detail` a Set of the keys that changed
 * (and `pending` when the unanswered commands did); `refused` with `{ code, command }` for a command from before a reload,
 * whose promise is gone.
 */
export class WorkshopClient extends EventTarget {
  /** @type {'connecting' | 'live' | 'waiting' | 'closed'} `waiting` means: lost, and coming back by itself */
  status = 'connecting';
  /** The final close code, when `status` is `closed`. @type {number | undefined} */
  closeCode;
  /** Why the server last sent us away for a while, `full` or `busy`, until we are in. @type {string | undefined} */
  sentAway;
  /** The refusal that closed the way in, such as `full`. @type {string | undefined} */
  closeReason;
  /** `participant`, `facilitator`, `helper`, `screen` or `observer`; known after `welcome`. @type {string | undefined} */
  role;
  /** The own identifier, such as `p7`. @type {string | undefined} */
  participant;
  /** The workshop's identifier. @type {string | undefined} */
  workshop;
  /** All roles' links, for a facilitator who came with the link. @type {Record<string, string> | undefined} */
  links;
  limits = DEFAULT_LIMITS;
  /** How many are connected now. @type {{ room: number, remote: number } | null} */
  presence = null;

  #options;
  #env;
  #keeper;
  #identity;
  #outbox;
  #connection;
  #store = new Store();
  #clock = new ServerClock();
  #promises = new Map();
  #changed = new Set();
  #frame = false;
  #holdUntil = 0;
  #timers = new Set();
  #helloAt = 0;
  #tab = makeSecret().slice(0, 12);
  #counter = 0;

  /**
   * @param {{ workshop: string, code?: string, link?: string, name?: string, via?: 'room' | 'remote', place?: string, proof?: string }}
   *   options `workshop` always (a code's workshop is told by `/api/doors/CODE`); `code` or `link` the first time;
   *   `place` keeps several roles of one device apart, and is otherwise the first letter of the page's path
   * @param {Partial<ReturnType<typeof surroundings>>} [env] for tests
   */
  constructor(options, env = {}) {
    super();
    this.#options = options;
    this.#env = { ...surroundings(), ...env };
    this.#keeper = new Keeper(this.#env.storage);
    this.workshop = options.workshop;
    this.#identity = new Identity(options.workshop, options.place ?? placeOf(this.#env.location.pathname), this.#keeper);
    this.#outbox = new Outbox(this.#keeper, this.#identity.outboxKey, this.#tab);
    const { protocol, host } = this.#env.location;
    this.#connection = new Connection(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/ws`, this.#env);
    this.#connection.addEventListener('open', () => this.#hello());
    this.#connection.addEventListener('message', ({ detail }) => this.#receive(detail));
    this.#connection.addEventListener('down', ({ detail }) => this.#down(detail));
    this.#connection.addEventListener('closed', ({ detail }) => this.#close(detail));
  }

  /** Whether this device has been in this workshop before, so that it may simply go on. */
  get isKnown() { return this.#identity.isKnown; }

  /** Connects, and stays connected until `stop` or until the server says not to come back. */
  start() {
    const { window, document } = this.#env;
    window.addEventListener('storage', this.#storageChanged);
    window.addEventListener('pagehide', this.#leave);
    window.addEventListener('focus', this.#takeQueue);
    document.addEventListener('visibilitychange', this.#takeQueue);
    this.#settleAnswered(this.#outbox.take());
    this.#connection.start();
  }

  /** Hangs up. What was not answered stays in the outbox. */
  stop() {
    const { window, document } = this.#env;
    window.removeEventListener('storage', this.#storageChanged);
    window.removeEventListener('pagehide', this.#leave);
    window.removeEventListener('focus', this.#takeQueue);
    document.removeEventListener('visibilitychange', this.#takeQueue);
    for (const timer of this.#timers) this.#env.clearTimeout(timer);
    this.#outbox.release();
    this.#connection.stop();
  }

  /** Drops the device's secret and queue: the next visit is a new participant. */
  forget() {
    this.stop();
    this.#identity.forget();
  }

  /** Is over as if the server had closed with this code. @param {number} code */
  vanish(code) {
    this.closeReason = undefined;
    this.status = 'waiting';
    this.#close(code);
  }

  /** The device's own secret: proves who asks for a document (protocol.md, HTTP). */
  get secret() { return this.#identity.secret; }

  /** @param {string} key @param {string} [channel] @returns {any} the entry, or undefined */
  get(key, channel) { return this.#store.get(key, channel); }

  /** @param {string} prefix @returns {ReadonlyArray<{ id: string, key: string, entry: any }>} */
  entries(prefix) { return this.#store.entries(prefix); }

  /** Commands without an answer yet, oldest first. @returns {readonly import('./outbox.js').Pending[]} */
  get pending() { return this.#outbox.commands; }

  /** @returns {number} the server's clock, estimated, in milliseconds since 1970 */
  now() { return this.#clock.now(this.#env.now()); }

  /**
   * Sends a command, now or when the line is back; it is kept over reloads until it is answered.
   *
   * @param {string} type
   * @param {Record<string, any>} [members]
   * @returns {Promise<{ sequence: number }>} when it is on the server's stable storage
   * @throws {RefusalError} by rejection, when the rules refuse it
   */
  send(type, members = {}) {
    if (this.status === 'closed') return Promise.reject(new RefusalError(this.closeReason ?? 'removed'));
    this.#settleAnswered(this.#outbox.take());
    if (byteLength(JSON.stringify(members)) > this.limits.messageBytes - 200) {
      return Promise.reject(new RefusalError('too-long'));
    }
    this.#counter += 1;
    const pending = this.#outbox.add(`${this.#tab}-${this.#counter}`, type, members);
    if (!pending) return Promise.reject(new RefusalError('outbox-full'));
    const answer = new Promise((resolve, reject) => {
      const earlier = this.#promises.get(pending.id) ?? [];
      this.#promises.set(pending.id, [...earlier, { resolve, reject }]);
    });
    this.#touch(['pending']);
    this.#pump();
    return answer;
  }

  #hello() {
    this.#helloAt = this.#env.now();
    const { code, link, name, via, proof } = this.#options;
    this.#connection.send(hello({
      secret: this.#identity.secret, workshop: this.workshop, code, link, name, via, proof,
      epoch: this.#store.epoch, since: this.#store.since,
    }));
  }

  #receive(message) {
    switch (message.type) {
      case 'welcome': return this.#welcome(message);
      case 'challenge': return this.#work(message);
      case 'changes': return this.#touch(this.#store.apply(message));
      case 'ack': return this.#answered(message.ref, ({ resolve }) => resolve({ sequence: message.sequence }));
      case 'refused': return this.#refused(message);
      case 'time': return this.#clock.sample(message.t, this.#env.now(), message.now);
      case 'presence':
        this.presence = message;
        return this.dispatchEvent(new Event('presence'));
      case 'links': return this.#linksChanged(message.links);
      case 'bye':
        if (message.reason !== 'restart') {
          this.sentAway = message.reason;
          this.dispatchEvent(new Event('status'));
        }
        return this.#connection.pause(message.comeBackAfterMilliseconds || 0);
      default: return undefined;
    }
  }

  /** The door asks for work (H7). */
  async #work(challenge) {
    this.#connection.welcomed();
    const { solve } = await import('./proof.js');
    this.#options.proof = await solve(challenge);
    this.#hello();
  }

  #welcome(message) {
    this.#connection.welcomed();
    this.#clock.sample(this.#helloAt, this.#env.now(), message.now);
    this.sentAway = undefined;
    this.role = message.role;
    this.participant = message.participant;
    this.workshop = message.workshop;
    this.links = message.links ?? this.links;
    this.limits = { ...DEFAULT_LIMITS, ...message.limits };
    this.#touch(this.#store.begin(message.epoch, message.channels, message.participant));
    this.#outbox.begin(message.lastRef);
    this.#askTime();
    for (const wait of [400, 1500]) this.#later(wait, () => this.#askTime());
    this.#setStatus('live');
    this.dispatchEvent(new Event('welcome'));
    this.#pump();
  }

  /** One was replaced: these hold (K2). */
  #linksChanged(links) {
    this.links = links;
    this.#options.link = links.facilitator ?? this.#options.link;
    this.dispatchEvent(new Event('links'));
  }

  #refused({ ref, code, retryAfterSeconds }) {
    if (ref === undefined) {
      // Refused at the door, before any command.
      if (this.role === undefined && !isTemporary(code)) {
        this.closeReason = code;
        this.#connection.stop();
        this.#close(4500);
      } else if (isTemporary(code)) this.#connection.pause((retryAfterSeconds || 1) * 1000);
      return;
    }
    const command = this.#outbox.find(ref);
    if (!command) return;
    if (isTemporary(code)) {
      const wait = (retryAfterSeconds || 1) * 1000 + this.#env.random() * 500;
      this.#outbox.postpone(command);
      this.#holdUntil = Math.max(this.#holdUntil, this.#env.now() + wait);
      this.#later(wait + 1, () => this.#pump());
      this.#touch(['pending']);
    } else if (code === 'stale-ref' && this.#outbox.renumber(command)) {
      this.#touch(['pending']);
      this.#pump();
    } else {
      this.#answered(ref, ({ reject }) => reject(new RefusalError(code)), () => {
        this.dispatchEvent(new CustomEvent('refused', { detail: { code, command } }));
      });
    }
  }

  #answered(ref, settle, orphaned = () => {}) {
    const command = this.#outbox.find(ref);
    if (!command) return;
    this.#misread = 0;
    this.#outbox.remove(command);
    const promises = this.#promises.get(command.id);
    this.#promises.delete(command.id);
    if (promises) promises.forEach(settle);
    else orphaned();
    this.#touch(['pending']);
    this.#pump();
  }

  #pump() {
    if (this.status !== 'live' || this.#env.now() < this.#holdUntil || !this.#outbox.isHeld) return;
    // After a message that could not be read (G2) one at a time, so that the one to blame is known.
    const commands = this.#outbox.next(this.#misread ? 1 : Math.min(WINDOW, this.limits.unanswered));
    for (const command of commands) {
      if (!this.#connection.send(encodeCommand(command))) return;
    }
    if (!commands.length) return;
    this.#touch(['pending']);
    this.#later(ANSWER_EXPECTED, () => {
      if (commands.some((command) => this.#outbox.commands.includes(command))) this.#connection.probe();
    });
  }

  #askTime() {
    this.#connection.send(time(Math.round(this.#env.now())));
    if (this.#clockTimer) this.#env.clearTimeout(this.#clockTimer);
    this.#clockTimer = this.#later(CLOCK_INTERVAL, () => this.#askTime());
  }
  #clockTimer = null;

  #down(code) {
    this.#setStatus(this.role ? 'waiting' : this.status);
    // A command that the server takes for no message at all (G2) must not keep the others from ever getting through.
    if (code === 4400) this.#misread += 1;
    const [first] = this.#outbox.commands;
    if (this.#misread < 3 || !first || first.ref === null) return;
    this.#misread = 0;
    this.#refused({ ref: first.ref, code: 'malformed' });
  }
  #misread = 0;

  #close(code) {
    this.closeCode = code;
    const reason = this.closeReason ?? ({ 4501: 'removed', 4502: 'erased', 4503: 'gone', 4505: 'replaced' }[code] ?? 'not-found');
    this.closeReason = reason;
    // Behind a replaced link (K3) there is a new place for a new secret, and for what was written here and not answered.
    if (code === 4505) {
      const { isHeld } = this.#outbox;
      if (isHeld) this.#outbox.bequeath();
      this.stop();
      if (isHeld && this.#outbox.commands.length === 0) this.#identity.forget();
      else this.#identity.forgetSecret();
    }
    for (const promises of this.#promises.values()) promises.forEach(({ reject }) => reject(new RefusalError(reason)));
    this.#promises.clear();
    // Erased on the server, so it is here; and with nothing unsent nothing is worth keeping for a workshop that does not know this device.
    if (code === 4502 || code === 4503 || (code === 4504 && this.#outbox.commands.length === 0)) this.forget();
    this.#setStatus('closed');
  }

  #setStatus(status) {
    if (status === this.status) return;
    this.status = status;
    this.dispatchEvent(new Event('status'));
    this.#touch(['pending']);
  }

  #touch(keys) {
    for (const key of keys) this.#changed.add(key);
    if (this.#frame || this.#changed.size === 0) return;
    this.#frame = true;
    this.#env.requestAnimationFrame(() => {
      this.#frame = false;
      const detail = this.#changed;
      this.#changed = new Set();
      this.dispatchEvent(new CustomEvent('change', { detail }));
    });
  }

  #later(milliseconds, act) {
    const timer = this.#env.setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, milliseconds);
    this.#timers.add(timer);
    return timer;
  }

  /** Another tab answered for these. */
  #settleAnswered(commands) {
    for (const { id } of commands) {
      this.#promises.get(id)?.forEach(({ resolve }) => resolve({ sequence: 0 }));
      this.#promises.delete(id);
    }
  }

  #takeQueue = () => {
    if (this.#env.document.visibilityState === 'hidden' || this.#outbox.isHeld) return;
    this.#settleAnswered(this.#outbox.take());
    this.#touch(['pending']);
    this.#pump();
  };

  #storageChanged = ({ key }) => {
    if (key !== this.#outbox.key) return;
    const record = this.#keeper.read(this.#outbox.key);
    // The tab that held it has gone away.
    if (record && record.tab === null && record.commands.length) this.#takeQueue();
  };

  #leave = () => this.#outbox.release();
}

/** @param {string} pathname @returns {string} `/j/…` and `/w/…` are one participant's two ways in */
function placeOf(pathname) {
  const letter = /^\/([a-z])\//.exec(pathname)?.[1] ?? 'w';
  return letter === 'j' ? 'w' : letter;
}

/** What the client needs from a browser. */
const surroundings = () => ({
  ...browser(),
  location: globalThis.location,
  storage: undefined,
  requestAnimationFrame: (f) => globalThis.requestAnimationFrame(f),
});
