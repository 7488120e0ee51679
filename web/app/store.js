/** Keyed entries for each channel, and the one picture they make together (protocol.md, Channels). No DOM. */

/** Where an entry is looked for, first hit first: what is one's own says most. */
const PRECEDENCE = ['own', 'staff', 'door', 'room'];

/** Holds what one channel shows. */
export class Channel {
  #entries = new Map();
  /** The last sequence seen; 0 before anything was. */
  sequence = 0;

  /**
   * Puts and drops, all at once (C1); a whole channel takes the place of what there was (C6).
   *
   * @param {import('./wire.js').Changes} changes
   * @returns {string[]} the keys touched
   */
  apply({ set, drop, sequence, whole }) {
    const gone = whole ? [...this.#entries.keys()] : [];
    if (whole) this.#entries.clear();
    for (const [key, entry] of Object.entries(set)) this.#entries.set(key, entry);
    for (const key of drop) this.#entries.delete(key);
    this.sequence = sequence;
    return [...new Set([...gone, ...Object.keys(set), ...drop])];
  }

  /** @param {string} key @returns {any} the entry, or undefined */
  get(key) { return this.#entries.get(key); }

  /** @returns {IterableIterator<string>} */
  keys() { return this.#entries.keys(); }
}

/** @param {string} key `note/n12` @returns {number} 12, which orders notes, clusters and rounds as they came */
const ordinal = (key) => Number.parseInt(key.slice(key.indexOf('/') + 2), 10) || 0;

/**
 * All channels of one workshop. Merged entries keep their identity until one of their parts changes, so a view may
 * compare with `===` and leave alone what did not change.
 */
export class Store {
  /** @type {Map<string, Channel>} */
  #channels = new Map();
  #merged = new Map();
  #lists = new Map();
  /** The history the sequences belong to (H4); undefined before the first welcome. @type {string | undefined} */
  epoch;
  /** Whose `own` is held; undefined before the first welcome. @type {string | undefined} */
  #participant;
  /** The channel of the group we are in (J3). */
  #group;

  /**
   * Takes note of who is talking: another history empties everything, channels no longer ours go, and so does `own` when we
   * are somebody else now, as after an erasure that this phone did not hear of (H6).
   *
   * @param {string} epoch
   * @param {string[]} channels those of the role
   * @param {string} participant
   * @returns {string[]} the keys touched
   */
  begin(epoch, channels, participant) {
    const touched = [];
    const isSame = participant === this.#participant;
    this.#participant = participant;
    for (const [name, channel] of this.#channels) {
      if (epoch === this.epoch && channels.includes(name) && (isSame || name !== 'own')) continue;
      touched.push(...channel.keys());
      this.#channels.delete(name);
    }
    this.epoch = epoch;
    this.#forget(touched);
    return touched;
  }

  /** @returns {Record<string, number>} channel → last sequence seen, for `hello` (H4) */
  get since() {
    return Object.fromEntries([...this.#channels].map(([name, channel]) => [name, channel.sequence]));
  }

  /** @param {import('./wire.js').Changes} changes @returns {string[]} the keys touched */
  apply(changes) {
    let channel = this.#channels.get(changes.channel);
    if (!channel) this.#channels.set(changes.channel, channel = new Channel());
    const touched = channel.apply(changes);
    if (changes.channel === 'own') {
      this.#group = `group/${channel.get('me')?.group}`;
      for (const [name, old] of this.#channels) {
        if (!name.startsWith('group/') || name === this.#group) continue;
        touched.push(...old.keys());
        this.#channels.delete(name);
      }
    }
    this.#forget(touched);
    return touched;
  }

  /**
   * @param {string} key
   * @param {string} [channel] look in this one only
   * @returns {any} the entry of the first channel that has one, or undefined
   */
  get(key, channel) {
    if (channel) return this.#channels.get(channel)?.get(key);
    for (const name of [...PRECEDENCE, this.#group]) {
      const entry = this.#channels.get(name)?.get(key);
      if (entry) return entry;
    }
    return undefined;
  }

  /**
   * Everything of one kind, as one object each: `{ ...room, ...staff, ...own }`, with `mine: true` for what is in `own`.
   *
   * @param {string} prefix such as `note/`
   * @returns {ReadonlyArray<{ id: string, key: string, entry: any }>} in identifier order; the same array until one changes
   */
  entries(prefix) {
    const known = this.#lists.get(prefix);
    if (known) return known;
    const keys = new Set();
    for (const channel of this.#channels.values()) {
      for (const key of channel.keys()) if (key.startsWith(prefix)) keys.add(key);
    }
    const list = [...keys].sort((a, b) => ordinal(a) - ordinal(b)).map((key) => this.#item(key));
    this.#lists.set(prefix, list);
    return list;
  }

  #item(key) {
    let item = this.#merged.get(key);
    if (!item) {
      const own = this.get(key, 'own');
      const ours = this.get(key, this.#group ?? '-');
      const entry = { ...ours, ...this.get(key, 'room'), ...this.get(key, 'door'), ...this.get(key, 'staff'), ...own };
      if (own) entry.mine = true;
      // The group sees it, also where it is one's own.
      if (ours) entry.visible = entry.ours = true;
      this.#merged.set(key, item = { id: key.slice(key.indexOf('/') + 1), key, entry });
    }
    return item;
  }

  #forget(keys) {
    for (const key of keys) {
      this.#merged.delete(key);
      for (const prefix of this.#lists.keys()) if (key.startsWith(prefix)) this.#lists.delete(prefix);
    }
  }
}
