/** Drives a page's client step by step and says what it did, as Tests/Fixtures/client.json has it. */
import { WorkshopClient } from '../../web/app/workshop-client.js';
import { memoryStorage, surroundings } from './support.mjs';

/** JSON with sorted names, so that two languages write the same. @param {any} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

const CHANNELS = ['door', 'own', 'room', 'staff'];

/** One phone: its storage, the page that is open, and the server's end of its sockets. */
export class Device {
  #storage = memoryStorage();
  #secrets = [];
  #log = [];
  #answers = [];
  #sends = 0;
  #shown = new Map();
  #around;
  #client;

  /** What the page has at the other end: none, 'connecting' or 'open'. */
  get line() { return { 0: 'connecting', 1: 'open' }[this.#around.sockets.at(-1)?.readyState]; }
  get client() { return this.#client; }

  /** @param {Record<string, any>} step @returns {Promise<{ gives: string[], holds: string }>} */
  async take(step) {
    [this.#log, this.#answers] = [[], []];
    this.#do(step);
    // Promises are settled after all else that a step does.
    await new Promise(setImmediate);
    const answers = [...this.#answers].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    return { gives: [...this.#log, ...answers], holds: this.#holds() };
  }

  #load() {
    const around = surroundings({ storage: this.#storage });
    const log = (line) => { if (around === this.#around) this.#log.push(line); };
    const Plain = around.env.WebSocket;
    const page = this;
    this.#around = around;
    around.env.WebSocket = class extends Plain {
      constructor(...all) {
        super(...all);
        log('dial');
      }
      send(text) { log(page.#named(text)); }
      close(code) {
        if (this.readyState !== 3) log('hang up');
        super.close(code);
      }
    };
    const client = new WorkshopClient({ workshop: 'w1', code: 'KRTMPX', name: 'Kari' }, around.env);
    this.#client = client;
    this.#shown = new Map();
    client.addEventListener('refused', ({ detail }) => {
      if (client === this.#client) this.#answers.push(`${detail.command.type} of before: ${detail.code}`);
    });
    client.start();
  }

  /** A message of the page's, its secret as a number: the first one is 1. */
  #named(text) {
    const message = JSON.parse(text);
    if (message.type !== 'hello') return canonical(message);
    if (!this.#secrets.includes(message.secret)) this.#secrets.push(message.secret);
    return canonical({ ...message, secret: this.#secrets.indexOf(message.secret) + 1 });
  }

  #do(step) {
    const { document, window, sockets, time } = this.#around ?? {};
    const socket = sockets?.at(-1);
    switch (step.do) {
      case 'load': return this.#load();
      case 'open': return socket.open();
      case 'receive': return socket.receive(step.message);
      case 'drop': return socket.drop(step.code);
      case 'advance': return time.advance(step.milliseconds);
      case 'network': return window.dispatchEvent(new Event('online'));
      case 'hide':
        document.visibilityState = 'hidden';
        return window.dispatchEvent(new Event('pagehide'));
      case 'show':
        document.visibilityState = 'visible';
        document.dispatchEvent(new Event('visibilitychange'));
        return window.dispatchEvent(new Event('pageshow'));
      case 'send': return this.#send(step);
      default: throw new Error(`no such step: ${step.do}`);
    }
  }

  #send({ type, members, repeats }) {
    this.#sends += 1;
    const [number, client] = [this.#sends, this.#client];
    const say = (line) => { if (client === this.#client) this.#answers.push(`${number} ${line}`); };
    const text = repeats ? members.replace('…', 'å'.repeat(repeats)) : members;
    client.send(type, JSON.parse(`{${text}}`)).then(({ sequence }) => say(`stored at ${sequence}`), ({ code }) => say(code));
  }

  #holds() {
    const client = this.#client;
    const channels = CHANNELS.map((name) => {
      const entries = client.entries('').map(({ key }) => [key, client.get(key, name)]).filter(([, entry]) => entry);
      return entries.length ? `${name} ${canonical(Object.fromEntries(entries))}` : '';
    });
    const waiting = client.pending.map(({ type, ref, state }) => `${type}#${ref ?? '-'} ${state}`);
    return [`${client.status} ${client.closeReason ?? ''}`.trim(), `${client.participant ?? '-'} ${client.role ?? '-'}`,
      ...channels, waiting.join(', ')].filter(Boolean).join('; ');
  }
}
