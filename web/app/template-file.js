/** Templates as files: reading one that a person brings, and taking parts of one (docs/templates.md). No DOM. */
import { byteLength } from './wire.js';

/** Bytes of a file that is taken: a body is 64 KiB at most (protocol.md, M), and the title goes beside it. */
export const MOST_BYTES = 65_000;
/** A message is 16 KiB at most, with at most 1,100 values (protocol.md, G2); a little is left for what goes around it. */
const MESSAGE_BYTES = 16_000;
const MESSAGE_VALUES = 1_050;

/** @typedef {{ place: string, expectation: string }} Fault */

/**
 * Reads a file that should be a template, and has the server check it. Nothing is stored anywhere.
 *
 * @param {{ size: number, text: () => Promise<string> }} file
 * @param {(text: string) => Promise<Fault[]>} check
 * @returns {Promise<{ definition?: any, problem?: 'large' | 'faulty' | 'network' | 'refused', faults?: Fault[] }>}
 */
export async function readTemplate(file, check) {
  if (file.size > MOST_BYTES) return { problem: 'large' };
  const text = await file.text();
  let faults;
  try {
    faults = await check(text);
  } catch (error) {
    return { problem: error.message === 'refused' ? 'refused' : 'network' };
  }
  return faults.length > 0 ? { problem: 'faulty', faults } : { definition: JSON.parse(text) };
}

/**
 * Asks the server what is wrong with a template.
 *
 * @param {string} path `/api/templates/check`, or a workshop's
 * @param {string} secret the start link's, or the facilitator's
 * @returns {(text: string) => Promise<Fault[]>} rejects with `refused` or `network`
 */
export const serverCheck = (path, secret) => async (text) => {
  const response = await fetch(path, { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` } });
  if (response.ok) return (await response.json()).faults;
  throw new Error([401, 413].includes(response.status) ? 'refused' : 'network');
};

/** A text in one language, or in the nearest that it has. @param {any} text @param {string} language @returns {string} */
export function inLanguage(text, language) {
  if (typeof text === 'string') return text;
  for (const wanted of [language, 'nb', 'nn', 'en']) if (text?.[wanted] !== undefined) return text[wanted];
  return Object.values(text ?? {})[0] ?? '';
}

/** A scale's `low` and `high` are numbers, an axis' are texts. */
const TEXTS = new Set(['name', 'instruction', 'hint', 'group', 'low', 'high']);

/** A template's boards or phases with every text in one language, all else as it is. */
export function translated(value, language) {
  if (Array.isArray(value)) return value.map((item) => translated(item, language));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null)
    .map(([name, inner]) => [name, TEXTS.has(name) && typeof inner !== 'number' ? inLanguage(inner, language) : translated(inner, language)]));
}

/**
 * What `phases.insert` takes along: the chosen phases, and the boards that they need and that are not there already.
 *
 * @param {{ boards: any[], phases: any[] }} template in one language
 * @param {number[]} chosen indices of phases
 * @param {Record<string, string>} [existing] by a board's key: the board of the session that is used in its place
 * @returns {{ boards: any[], phases: any[] }}
 */
export function selection({ boards, phases }, chosen, existing = {}) {
  const taken = chosen.map((index) => phases[index]);
  const used = new Set(taken.map(({ board }) => board).filter((key) => !existing[key]));
  // Named anew, so that none is taken for a board of the session, b1, b2, ….
  const names = new Map(boards.map(({ key }, index) => [key, `k${index}`]));
  return {
    boards: boards.filter(({ key }) => used.has(key)).map((board) => ({ ...board, key: names.get(board.key) })),
    phases: taken.map((phase) => ({ ...phase, board: existing[phase.board] ?? names.get(phase.board) })),
  };
}

/** What stands on a board, in a few words: its places, or its axes. @param {any} board of a template, in one language @returns {string[]} */
export function placesIn({ structure, columns = [], rows, axes }) {
  if (structure === 'matrix') return [axes.across.name, axes.up.name];
  // A session's grid has its cells, a template's may have its rows.
  if (structure === 'grid' && !rows) return [...new Set([...columns.map(({ group }) => group), ...columns.map(({ name }) => name)])];
  const names = columns.map(({ name, group }) => (group ? `${group}: ${name}` : name));
  return rows ? [...rows.map(({ name }) => name), ...names] : names;
}

/** Whether the server would take a message of this size. @param {any} message */
export const fits = (message) => byteLength(JSON.stringify(message)) <= MESSAGE_BYTES && values(message) <= MESSAGE_VALUES;

const values = (value) => (typeof value === 'object' && value !== null ? Object.values(value).reduce((all, inner) => all + 1 + values(inner), 0) : 0);
