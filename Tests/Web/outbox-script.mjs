/** Drives an outbox step by step and says what it did, as Tests/Fixtures/outbox.json has it. */
import { Keeper } from '../../web/app/identity.js';
import { Outbox } from '../../web/app/outbox.js';
import { memoryStorage } from './support.mjs';

/** More commands than this are only counted. */
const LISTED = 10;

/** One phone: its storage, and the page that is open. */
export class Phone {
  #keeper = new Keeper(memoryStorage());
  #pages = 0;
  #outbox;

  constructor() { this.#load(); }

  #load() {
    this.#pages += 1;
    this.#outbox = new Outbox(this.#keeper, 'outbox', `page ${this.#pages}`);
    this.#outbox.take();
  }

  /** @returns {{ id: string, ref: number | null, state: string, type: string }[]} */
  get commands() { return this.#outbox.commands; }

  /** @param {Record<string, any>} step @returns {{ gives: string, holds: string }} */
  take(step) {
    const gives = this.#do(step);
    const all = this.#outbox.commands;
    const holds = all.length > LISTED
      ? `${all.length} commands`
      : all.map(({ id, ref, state }) => `${id}#${ref ?? '-'} ${state}`).join(', ');
    return { gives, holds };
  }

  #do(step) {
    const command = 'ref' in step ? this.#outbox.find(step.ref) : undefined;
    switch (step.do) {
      case 'begin':
        this.#outbox.begin(step.lastRef);
        return '';
      case 'add': return this.#add(step);
      case 'next':
        return this.#outbox.next(step.unanswered)
          .map(({ id, ref, members }) => `${id}#${ref} ${JSON.stringify(members).slice(1, -1)}`).join('; ');
      case 'answered':
        if (command) this.#outbox.remove(command);
        return command ? command.id : 'unknown';
      case 'postpone':
        if (command) this.#outbox.postpone(command);
        return command ? command.id : 'unknown';
      case 'renumber': return command ? String(this.#outbox.renumber(command)) : 'unknown';
      case 'leave and reload':
        this.#outbox.release();
        this.#load();
        return '';
      case 'reload':
        this.#load();
        return '';
      default: throw new Error(`no such step: ${step.do}`);
    }
  }

  #add({ id, type, members, times = 1 }) {
    let gives = '';
    for (let more = 0; more < times; more += 1) {
      gives = this.#outbox.add(String(id + more), type, JSON.parse(`{${members}}`))?.id ?? 'full';
    }
    return gives;
  }
}
