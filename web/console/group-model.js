/** What the facilitator is to know of the groups. No DOM. */
import { t } from '../app/i18n.js';

/** @param {{ number: number, name: string }} group @param {any} phase @returns {string} */
export const groupName = (group, phase) => group.name || t(phase.grouping?.tables ? 'console.groups.table' : 'console.groups.group', { number: group.number });

/**
 * @param {any} state
 * @returns {{ groups: { id: string, entry: any, name: string }[], seated: number, silent: any[], unseated: any[] }} the groups in the order
 *   of their numbers; those with people in them that have written nothing; and who is in none
 */
export function coverage({ groups, participants, phase }) {
  const shown = groups.filter(({ entry }) => entry.phase === phase.id).map(({ id, entry }) => ({ id, entry, name: groupName(entry, phase) }))
    .sort((a, b) => a.entry.number - b.entry.number);
  const seated = new Set(shown.flatMap(({ entry }) => entry.members ?? []));
  return {
    groups: shown,
    seated: seated.size,
    silent: shown.filter(({ entry }) => entry.notes === 0 && (entry.members?.length ?? 0) > 0),
    unseated: participants.filter(({ id, entry }) => entry.role === 'participant' && !entry.waits && !entry.away && !seated.has(id)),
  };
}
