/** What the menus of a note and of a cluster hold, for this role at this moment. */
import { t } from '../app/i18n.js';
import { here, openMergeDialog, openMoveDialog, openRedactDialog, openRenameDialog, openSplitDialog } from './board-actions.js';
import { openEraseNoteDialog } from './keeping.js';

/** @returns {import('../components/action-menu.js').Item} shows or stops showing something on every screen */
export function spotlightItem(desk, id) {
  const isShown = desk.state.spotlight === id;
  return {
    label: t(isShown ? 'console.spotlight.stop' : 'console.spotlight.show'),
    act: () => desk.act('spotlight.set', { item: isShown ? null : id }),
  };
}

/** @returns what a note's menu holds for this role at this moment */
export function noteItems(desk, note) {
  const { state } = desk;
  const erase = { label: t('console.erase.note'), kind: 'danger', act: () => openEraseNoteDialog(desk, note) };
  if (state.session.ended) return state.isFacilitator ? [spotlightItem(desk, note.id), erase] : [];
  return [
    state.may('cluster') && { label: t('console.note.move'), act: () => openMoveDialog(desk, [note.id]) },
    state.may('cluster') && note.entry.cluster && { label: t('console.note.out'), act: () => desk.act('notes.move', { notes: [note.id], cluster: null }) },
    state.isFacilitator && spotlightItem(desk, note.id),
    state.isFacilitator && { label: t('console.note.redact'), kind: 'danger', act: () => openRedactDialog(desk, note) },
    state.isFacilitator && erase,
    note.entry.mine && { label: t('console.note.withdraw'), kind: 'danger', act: () => desk.act('note.withdraw', { note: note.id }) },
  ];
}

/** @returns what a cluster's menu holds for this role at this moment */
export function clusterItems(desk, cluster) {
  const { state } = desk;
  if (state.session.ended) return state.isFacilitator ? [spotlightItem(desk, cluster.id)] : [];
  const may = state.may('cluster');
  return [
    may && { label: t('console.cluster.rename-item'), act: () => openRenameDialog(desk, cluster) },
    may && here(state).length > 1 && { label: t('console.cluster.merge-item'), act: () => openMergeDialog(desk, cluster) },
    may && cluster.notes.length > 1 && { label: t('console.cluster.split-item'), act: () => openSplitDialog(desk, cluster) },
    state.isFacilitator && spotlightItem(desk, cluster.id),
    may && {
      label: t('console.cluster.dissolve'), kind: 'danger',
      act: () => desk.act('cluster.dissolve', { cluster: cluster.id }, {
        text: t('console.cluster.dissolved', { name: cluster.entry.name }), action: { label: t('console.undo'), act: () => desk.act('clustering.undo') },
      }),
    },
  ];
}
