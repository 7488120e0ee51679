/**
 * What the process page looks at, read from the client's entries once for each frame in which something changed. No DOM.
 *
 * @typedef {{ item: string } | { session: string, note: string } | { session: string, cluster: string, notes: string[] }} Origin
 * @typedef {{ id: string, kind: string, step: number, text: string, fields?: Record<string, string>, from: Origin[], rank: number,
 *   published: boolean, state: string, to: string[] }} Item `to`: the items that came of it
 * @typedef {{ id: string, step: number, kind: string, title: string, workshop: string, position: number, state: string,
 *   closesAt?: number, people: { room: number, remote: number }, notes: number }} ProcessSession
 */
import { KINDS, STEPS } from './kinds.js';

const number = (id) => Number.parseInt(id.slice(1), 10) || 0;

/**
 * @param {import('../app/workshop-client.js').WorkshopClient} client
 * @returns {null | ReturnType<typeof read>} null until the process' first entries are here
 */
export const readProcess = (client) => (client.get('session') && client.get('process') ? read(client) : null);

function read(client) {
  const process = client.get('process');
  const sessions = client.entries('session/').map(({ id, entry }) => ({ people: { room: 0, remote: 0 }, notes: 0, ...entry, id }))
    .sort((a, b) => a.position - b.position || number(a.id) - number(b.id));
  const items = readItems(client.entries('item/'));
  const isFacilitator = client.role === 'facilitator';
  const ended = client.get('session').ended === true;
  return {
    title: client.get('session').title,
    language: client.get('session').language,
    ended, isFacilitator,
    /** Facilitators run the process; helpers take part in the analysis; others read. */
    mayRun: isFacilitator && !ended,
    mayAnalyse: (isFacilitator || client.role === 'helper') && !ended,
    challenge: process.challenge ?? '', principles: process.principles ?? [], step: process.step ?? 1, published: process.published === true,
    retention: client.get('retention'),
    sessions, items,
    byID: new Map(items.map((item) => [item.id, item])),
    sessionByID: new Map(sessions.map((session) => [session.id, session])),
    used: usedNotes(items),
    cofacilitators: client.entries('link/'),
    steps: STEPS.map((step) => ({
      step, heard: '', done: '', ...client.get(`step/${step}`),
      sessions: sessions.filter((session) => session.step === step),
      items: items.filter((item) => item.step === step),
    })),
  };
}

/** What stands for an item: its text, or its fields where it has none. @param {any} item @returns {string} */
export const wordsOf = ({ text, fields = {} }) => text || Object.values(fields).filter(Boolean).join(' – ');

/**
 * Items in the order they are shown: by step, kind and rank; each with what came of it.
 *
 * @param {readonly { id: string, entry: any }[]} entries
 * @returns {Item[]}
 */
export function readItems(entries) {
  const order = Object.keys(KINDS);
  const items = entries.map(({ id, entry }) => ({ from: [], rank: 0, state: 'open', published: false, ...entry, id, text: wordsOf(entry), to: [] }));
  const byID = new Map(items.map((item) => [item.id, item]));
  for (const item of items) for (const { item: origin } of item.from) if (origin) byID.get(origin)?.to.push(item.id);
  return items.sort((a, b) => a.step - b.step || order.indexOf(a.kind) - order.indexOf(b.kind) || a.rank - b.rank || number(a.id) - number(b.id));
}

/** Which items came of a note or a cluster: `s2/n4` → their ids. @param {Item[]} items @returns {Map<string, string[]>} */
export function usedNotes(items) {
  const used = new Map();
  const add = (key, id) => used.set(key, [...new Set([...(used.get(key) ?? []), id])]);
  for (const { id, from } of items) {
    for (const { session, note, cluster, notes = [] } of from) {
      if (!session) continue;
      if (note) add(`${session}/${note}`, id);
      if (cluster) add(`${session}/${cluster}`, id);
      for (const each of notes) add(`${session}/${each}`, id);
    }
  }
  return used;
}

/** The single notes behind one item's own origins, without those of earlier items. @param {Item} item @returns {number} */
export function noteCount({ from }) {
  const notes = new Set();
  for (const { session, note, cluster, notes: members } of from) {
    if (note) notes.add(`${session}/${note}`);
    else if (cluster) for (const each of members ?? []) notes.add(`${session}/${each}`);
  }
  return notes.size;
}

/** Items of one kind, in rank order. @param {Item[]} items @returns {{ kind: string, items: Item[] }[]} only kinds that have some */
export function byKind(items) {
  return Object.keys(KINDS).map((kind) => ({ kind, items: items.filter((item) => item.kind === kind) })).filter(({ items: some }) => some.length > 0);
}

/**
 * After which item another is to stand so that it goes one place up or down among its kind.
 *
 * @param {Item[]} ranked of one kind, in order
 * @param {string} id
 * @param {-1 | 1} by
 * @returns {{ after: string | null } | null} null where it cannot go further
 */
export function moveBy(ranked, id, by) {
  const at = ranked.findIndex((item) => item.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= ranked.length) return null;
  return { after: by > 0 ? ranked[to].id : ranked[to - 1]?.id ?? null };
}
