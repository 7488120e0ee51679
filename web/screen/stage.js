import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createBoardScene } from './board-scene.js';
import { createGroupsScene } from './groups-scene.js';
import { createNumberScene } from './number-scene.js';
import { createResultScene } from './result-scene.js';
import { createSpeakersScene } from './speakers-scene.js';
import { createSpotlightScene } from './spotlight-scene.js';
import { createWelcomeScene } from './welcome-scene.js';

/**
 * The large part of the room screen: the task, and under it the one scene that fits the moment.
 *
 * @param {HTMLElement} stage
 */
export function createStage(stage, client) {
  const where = el('p', { class: 'wall__where' });
  const task = el('h1', { class: 'wall__task' });
  const head = el('header', { class: 'wall__head' }, where, task);
  const place = el('div', { class: 'wall__scene' });
  stage.replaceChildren(head, place);
  const makers = { groups: createGroupsScene, number: createNumberScene, board: createBoardScene, result: createResultScene, spotlight: createSpotlightScene, speakers: createSpeakersScene, welcome: createWelcomeScene };
  let scene = null;
  let kind = null;

  return {
    stop: () => scene?.stop?.(),
    render(state) {
      const { name, about } = chooseScene(state);
      setText(where, [state.session.title, state.phase.name].filter(Boolean).join('  ·  '));
      setText(task, taskText(state, name, about));
      // The task fills the wall while people write; it makes room when there is something to look at.
      stage.dataset.scene = name;
      stage.dataset.length = task.textContent.length > 110 ? 'long' : 'short';
      if (kind !== name) {
        scene?.stop?.();
        scene = makers[name](client);
        kind = name;
        place.replaceChildren(scene.element);
      }
      scene.render(state, about);
    },
  };
}

/** What stands over the scene: the task, or over a result what was asked. */
function taskText({ session, phase }, scene, about) {
  if (session.ended) return t('screen.ended');
  return (scene === 'result' && about.entry.title) || phase.instruction || phase.name;
}

/** @returns {{ name: 'number' | 'board' | 'result' | 'spotlight' | 'speakers' | 'welcome', about?: any }} what to show, the strongest wish first */
export function chooseScene(state) {
  const { spotlight, rounds, clusters, notes, phase, isPrivate, session } = state;
  if (spotlight) {
    const round = rounds.find(({ id }) => id === spotlight);
    if (round) return round.entry.state === 'revealed' ? { name: 'result', about: round } : { name: 'number', about: { round } };
    const item = clusters.find(({ id }) => id === spotlight) ?? notes.find(({ id }) => id === spotlight);
    if (item) return { name: 'spotlight', about: item };
  }
  // A break is its name and its time, and nothing to look at.
  if (phase.break && !session.ended) return { name: 'number', about: { quiet: true } };
  const open = rounds.find(({ entry }) => entry.state === 'open');
  if (open && !session.ended) return { name: 'number', about: { round: open } };
  // Who speaks is what the room looks at, unless the facilitator has put something up.
  if (state.speakers && !session.ended && (state.speakers.current || state.speakers.queue.length > 0)) return { name: 'speakers' };
  const ofPhase = rounds.filter(({ entry }) => entry.phase === phase.id).at(-1);
  if (ofPhase?.entry.state === 'revealed') return { name: 'result', about: ofPhase };
  if (ofPhase?.entry.state === 'closed' && !session.ended) return { name: 'number', about: { round: ofPhase } };
  // Where nobody has anything to do but look, the latest result is what there is to look at.
  const isForLooking = !ofPhase && !phase.vote && phase.may.length === 0 && phase.helpersMay.length === 0;
  if (session.ended || isForLooking) {
    const told = rounds.filter(({ entry }) => entry.state === 'revealed');
    const last = told.filter(({ entry }) => session.ended || entry.board === phase.board).at(-1);
    if (last) return { name: 'result', about: last };
  }
  // Who works with whom, until what they wrote is shown.
  if (!session.ended && phase.grouping && !phase.revealed && state.groups?.some(({ entry }) => entry.size > 0 || phase.grouping.how === 'choice')) return { name: 'groups' };
  const isOpening = !session.ended && state.totals.notes === 0 && state.door?.open;
  if (isOpening && (isPrivate || !notes.some(({ entry }) => entry.board === phase.board))) return { name: 'welcome' };
  if (isPrivate && !session.ended) return { name: 'number', about: {} };
  const here = notes.some(({ entry }) => entry.board === phase.board);
  return here ? { name: 'board' } : { name: 'number', about: { quiet: true } };
}
