/** Stand-ins for what a browser gives, as small as they can be. */

/** @returns {Storage} */
export function memoryStorage() {
  const map = new Map();
  return {
    getItem: (key) => map.get(key) ?? null, setItem: (key, value) => map.set(key, String(value)), removeItem: (key) => map.delete(key),
    keys: () => [...map.keys()],
  };
}

/** Time that moves only when told to, with timers on it. */
export class ManualTime {
  now = 1_000_000;
  #timers = new Map();
  #next = 1;

  setTimeout = (act, delay) => {
    this.#timers.set(this.#next, { act, at: this.now + delay });
    return this.#next++;
  };

  clearTimeout = (id) => this.#timers.delete(id);

  /** @param {number} milliseconds */
  advance(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.now = Math.max(this.now, due[1].at);
      due[1].act();
    }
    this.now = end;
  }
}

/** A server's end of every socket the client opens. */
export function fakeSockets() {
  const sockets = [];
  class FakeSocket extends EventTarget {
    readyState = 0;
    sent = [];
    closed = null;
    constructor(url, protocol) {
      super();
      Object.assign(this, { url, protocol });
      sockets.push(this);
    }
    send(text) { this.sent.push(JSON.parse(text)); }
    close(code) {
      this.readyState = 3;
      this.closed = code;
    }
    open() {
      this.readyState = 1;
      this.dispatchEvent(new Event('open'));
    }
    receive(message) { this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) })); }
    drop(code = 1006) {
      this.readyState = 3;
      this.dispatchEvent(Object.assign(new Event('close'), { code }));
    }
    take(type) { return this.sent.filter((message) => message.type === type); }
  }
  return { FakeSocket, sockets };
}

/** A page's surroundings on manual time. */
export function surroundings({ storage = memoryStorage(), pathname = '/w/w1' } = {}) {
  const time = new ManualTime();
  const { FakeSocket, sockets } = fakeSockets();
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const window = new EventTarget();
  return {
    time, sockets, document, window,
    env: {
      WebSocket: FakeSocket, window, document, storage, random: () => 0.5, now: () => time.now,
      setTimeout: time.setTimeout, clearTimeout: time.clearTimeout,
      location: { protocol: 'http:', host: 'hall.test', pathname }, requestAnimationFrame: (act) => time.setTimeout(act, 16),
    },
  };
}
