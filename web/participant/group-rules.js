/** What of groups follows from the entries alone. No DOM. */
import { t } from '../app/i18n.js';

/** @param {{ number: number, name?: string }} group @param {any} phase @returns {string} what it is called: its name, or its number */
export const groupName = ({ number, name }, phase) => name || t(phase.grouping?.tables ? 'groups.table' : 'groups.group', { number });

/** @param {any} phase @returns {boolean} whether notes are chosen here that go on to the next phase */
export const goesOn = (phase) => Boolean(phase.grouping || (phase.advances && phase.visibility !== 'everyone'));

/**
 * @param {{ id: string, entry: any }[]} notes
 * @param {any} phase
 * @param {{ closed: string | null, withdraw: boolean }} may
 * @returns {{ id: string, entry: any }[]} one's own notes of earlier phases that few have seen and that have no copy here
 */
export function bringable(notes, phase, may) {
  if (may.closed && may.closed !== 'reading') return [];
  // What is here, and all that it was carried from, by however many steps.
  const from = new Map(notes.map(({ id, entry }) => [id, (entry.from ?? []).map(({ note }) => note)]));
  const here = new Set(notes.filter(({ entry }) => entry.phase === phase.id).map(({ id }) => id));
  for (const id of here) for (const origin of from.get(id) ?? []) here.add(origin);
  return notes.filter(({ id, entry }) => entry.mine && entry.phase !== phase.id && !entry.visible && entry.publication === 'published'
    && !here.has(id) && (phase.grouping || entry.group));
}

/** @param {{ size: number, names?: string[] }} group @param {{ name: string }} me @returns {string} who else is in it */
export function others({ size, names }, me) {
  if (size < 2) return t('groups.alone');
  if (!names?.length) return t('groups.size', { count: size });
  const rest = [...names];
  const own = rest.indexOf(me.name);
  if (own >= 0) rest.splice(own, 1);
  if (!rest.length) return t('groups.size', { count: size });
  const unnamed = size - 1 - rest.length;
  const all = unnamed > 0 ? [...rest, t('groups.unnamed', { count: unnamed })] : rest;
  return t('groups.with', { names: new Intl.ListFormat(document.documentElement.lang || 'nb').format(all) });
}
