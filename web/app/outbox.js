import { isAbsolute } from './wire.js';

/** How much may wait, so that a phone in a dead spot keeps what was written and says so before it is full. */
export const MAX_COMMANDS = 200;
export const MAX_CHARACTERS = 256 * 1024;

/**
 * A command on its way (R1). `ref` is null until it is first sent: only then is the counter known for certain.
 *
 * @typedef {{ id: string, ref: number | null, type: string, members: Record<string, any>, state: 'unsent' | 'sent',
 *   retried?: boolean }} Pending
 */

/**
 * Keeps commands until they are answered, over reloads. No socket, no DOM.
 *
 * Several tabs of one workshop on one phone are one participant with one counter, and a number used twice would lose a
 * command in silence. Web Locks would settle who may count, but exist only over https. So *the queue follows the hand*:
 * the record in storage names the tab that holds it; a tab takes it when it starts, comes into view or sends, adopting
 * all that waits there, and sends it again (harmless, R3). The other tabs see that from the storage event and leave the
 * queue alone. Two tabs could collide only if a person acted in both within the milliseconds that event takes.
 */
export class Outbox {
  /** @type {Pending[]} */
  #commands = [];
  #last = 0;
  #keeper;
  #key;
  #tab;

  /**
   * @param {import('./identity.js').Keeper} keeper
   * @param {string} key where the record is kept
   * @param {string} tab a name of its own for this page
   */
  constructor(keeper, key, tab) {
    this.#keeper = keeper;
    this.#key = key;
    this.#tab = tab;
  }

  /** All unanswered commands, oldest first. @returns {readonly Pending[]} */
  get commands() { return this.#commands; }

  /** The key of the record in storage. */
  get key() { return this.#key; }

  /** Whether this tab holds the queue now. */
  get isHeld() {
    const record = this.#keeper.read(this.#key);
    return !record || record.tab === this.#tab;
  }

  /**
   * Takes the queue, with everything that another tab or an earlier page left in it.
   *
   * @returns {Pending[]} commands of ours that another tab has got answered meanwhile
   */
  take() {
    const record = this.#keeper.read(this.#key);
    if (record?.tab === this.#tab) return [];
    const known = new Map(this.#commands.map((command) => [command.id, command]));
    let answered = [];
    if (record && Array.isArray(record.commands)) {
      this.#last = Math.max(this.#last, Number(record.last) || 0);
      answered = this.#commands.filter(({ id }) => !record.commands.some((command) => command.id === id));
      this.#commands = record.commands.map((command) => known.get(command.id) ?? { ...command, state: 'unsent' });
      // What another tab numbered meanwhile keeps that number.
      for (const [index, command] of record.commands.entries()) this.#commands[index].ref = command.ref;
    }
    this.#save();
    return answered;
  }

  /** Leaves to the next participant on this device only what was written, unnumbered; to be called before it is released. */
  bequeath() {
    this.#commands = this.#commands.filter(({ type }) => type === 'note.add').map((command) => ({ ...command, ref: null }));
    this.#last = 0;
  }

  /** Lets another tab take over at once, when this one goes away. */
  release() {
    if (this.isHeld) this.#keeper.write(this.#key, this.#record(null));
  }

  /** @param {number} lastRef from `welcome`: no number up to it is free, and what was sent must be sent again (R3) */
  begin(lastRef) {
    this.#last = Math.max(this.#last, lastRef);
    for (const command of this.#commands) command.state = 'unsent';
  }

  /**
   * Puts a command last. An unsent absolute one for the same thing is replaced instead (R5).
   *
   * @param {string} id unique on this device
   * @param {string} type
   * @param {Record<string, any>} members
   * @returns {Pending | null} the command, possibly an older one with new members; null when the box is full
   */
  add(id, type, members) {
    const older = isAbsolute(type) && this.#commands.find((command) => command.type === type
      && command.state === 'unsent' && command.ref === null
      && ['round', 'target'].every((name) => command.members[name] === members[name])
      && (type !== 'hands.record' || command.members.value === members.value));
    if (older) {
      older.members = members;
      this.#save();
      return older;
    }
    /** @type {Pending} */
    const command = { id, ref: null, type, members, state: 'unsent' };
    const size = JSON.stringify(this.#record(this.#tab)).length + JSON.stringify(command).length;
    if (this.#commands.length >= MAX_COMMANDS || size > MAX_CHARACTERS) return null;
    this.#commands.push(command);
    this.#save();
    return command;
  }

  /**
   * The next commands to send, in order and numbered; they count as sent from here on.
   *
   * @param {number} unanswered how many may be out at once (R4)
   * @returns {Pending[]}
   */
  next(unanswered) {
    let free = unanswered - this.#commands.filter(({ state }) => state === 'sent').length;
    const next = [];
    for (const command of this.#commands) {
      if (free <= 0) break;
      if (command.state === 'sent') continue;
      command.ref ??= this.#last + 1;
      this.#last = Math.max(this.#last, command.ref);
      command.state = 'sent';
      next.push(command);
      free -= 1;
    }
    // Kept before it is sent: after a crash the same number must mean the same command.
    if (next.length) this.#save();
    return next;
  }

  /** @param {number} ref @returns {Pending | undefined} */
  find(ref) { return this.#commands.find((command) => command.ref === ref); }

  /** @param {Pending} command which has its final answer */
  remove(command) {
    this.#commands = this.#commands.filter((other) => other !== command);
    if (this.isHeld) this.#save();
  }

  /** @param {Pending} command which the server could not take just now (R6): the same number again, later */
  postpone(command) { command.state = 'unsent'; }

  /**
   * Gives a command that a later one overtook a new number, once: `stale-ref` proves that it was never accepted, so
   * nothing can happen twice, and the second answer tells the real reason if there is one.
   *
   * @param {Pending} command
   * @returns {boolean} whether it will be tried again
   */
  renumber(command) {
    if (command.retried) return false;
    command.retried = true;
    command.ref = null;
    command.state = 'unsent';
    this.#commands = [...this.#commands.filter((other) => other !== command), command];
    if (this.isHeld) this.#save();
    return true;
  }

  #record(tab) {
    const commands = this.#commands.map(({ id, ref, type, members, retried }) => ({ id, ref, type, members, retried }));
    return { tab, last: this.#last, commands };
  }

  #save() { this.#keeper.write(this.#key, this.#record(this.#tab)); }
}
