import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { createJoinCard } from '../components/join-card.js';
import { confirmDialog } from './dialog.js';
import { createWaiting, openDoorRules } from './door-rules.js';
import { createGroupsPanel } from './groups-panel.js';
import { createFarewell } from './keeping.js';
import { openScreen } from './links-dialog.js';
import { nextAction } from './next-action.js';
import { createPaperEntry } from './paper-entry.js';
import { openPeopleDialog } from './people-dialog.js';
import { openResultsDialog } from './results-dialog.js';
import { openHandsDialog, openRoundDialog } from './round-dialogs.js';
import { openPhase } from './run-sheet.js';
import { createSpeakers } from './speakers-panel.js';
import { createSwitches } from './switches.js';
import { createTimerPanel } from './timer-panel.js';

/** The *now* panel: one next best action, the totals under it, the timer, and what is open or closed. */
export function createNow(pane, desk) {
  const facilitates = desk.client.role === 'facilitator';
  const title = el('h2', { class: 'pane__title', id: 'now-title', text: t(facilitates ? 'console.now.title' : 'console.help.title') });
  const instruction = el('p', { class: 'now__instruction' });
  const hint = el('p', { class: 'now__hint soft' });
  const phase = el('div', { class: 'now__phase' }, el('h3', { class: 'now__name' }), instruction, hint);
  const next = facilitates && createNext(desk);
  const farewell = facilitates && createFarewell(desk);
  const totals = createTotals(desk);
  const speakers = createSpeakers(desk, facilitates);
  const timer = createTimerPanel(desk, facilitates);
  const groups = createGroupsPanel(desk, facilitates);
  const paper = createPaperEntry(desk);
  const hands = el('button', { class: 'button button--wide', type: 'button', text: t('console.hands.title'), onclick: () => openHandsDialog(desk, openRound(desk.state)) });
  const switches = facilitates && createSwitches(desk);
  const door = facilitates && createDoor(desk);
  pane.replaceChildren(...[title, phase, farewell?.element, next?.element, speakers.element, timer.element, totals.element, groups.element, paper.element, !facilitates && hands, door?.element,
    switches?.element].filter(Boolean));

  return {
    render(state) {
      setText(phase.firstElementChild, state.phase.name);
      setText(instruction, state.phase.instruction);
      instruction.hidden = !state.phase.instruction;
      const advice = facilitates ? state.phases.find(({ entry }) => entry.current)?.entry.hint : '';
      setText(hint, advice ?? '');
      hint.hidden = !advice;
      for (const part of [farewell, next, totals, timer, speakers, groups, paper, switches, door]) if (part) part.render(state);
      hands.hidden = !openRound(state) || state.session.ended;
    },
  };
}

const openRound = ({ rounds, board }) => rounds.filter(({ entry }) => entry.board === board && entry.state !== 'revealed').at(-1);

function createNext(desk) {
  const hint = el('p', { class: 'next__hint' });
  const button = el('button', { class: 'button button--primary button--large button--wide next__button', type: 'button', onclick: () => acts[action.id](action.params) });
  const download = el('button', { class: 'button button--wide', type: 'button', text: t('console.next.download'), onclick: () => openResultsDialog(desk) });
  const element = el('div', { class: 'next' }, hint, button, download);
  let action = null;
  const acts = {
    download: () => openResultsDialog(desk),
    'close-round': ({ round }) => desk.act('round.close', { round }),
    'reveal-round': ({ round }) => desk.act('round.reveal', { round }),
    'open-round': () => openRoundDialog(desk),
    'open-door': () => desk.act('door.set', { open: true }),
    'show-door': () => openScreen(desk),
    'review-held': () => {
      document.dispatchEvent(new CustomEvent('console:show', { detail: 'board' }));
      document.getElementById('held')?.focus();
      document.getElementById('held')?.scrollIntoView({ block: 'start' });
    },
    'start-timer': ({ count }) => desk.act('timer.start', { seconds: count * 60 }),
    'reveal-phase': ({ phase }) => desk.act('phase.reveal', { phase }, {
      topic: 'phase', text: t('console.reveal.done'), action: { label: t('console.reveal.undo'), act: () => desk.act('phase.conceal', { phase }) },
    }),
    'next-phase': ({ phase }) => openPhase(desk, desk.state.phases.find(({ id }) => id === phase)),
    end: () => confirmDialog({
      title: t('console.end.title'), text: t('console.end.text'), confirm: t('console.end.confirm'), act: () => desk.client.send('workshop.end'),
    }),
  };
  return {
    element,
    render(state) {
      action = nextAction({
        ended: state.session.ended, phase: state.phase, phases: state.phases, rounds: state.rounds, totals: state.totals, timer: state.timer, turnout: state.turnout,
        doorOpen: Boolean(state.door?.open), held: state.held.length,
      });
      setText(hint, t(`console.hint.${action.hint}`, action.params));
      setText(button, t(`console.next.${action.id}`, action.params));
      element.classList.toggle('next--waiting', Boolean(action.waiting));
      download.hidden = action.id !== 'end';
    },
  };
}

function createTotals(desk) {
  const lines = ['writers', 'done', 'notes', 'proxies', 'ready', 'hands', 'connected', 'tables'].map((name) => {
    const number = el('dd', { class: 'totals__number numbers' });
    const bar = el('span', { class: 'totals__bar', 'aria-hidden': 'true' }, el('span'));
    const line = el('div', { class: 'totals__line', dataset: { of: name } }, el('dt', { class: 'totals__word', text: t(`console.totals.${name}`) }), number, bar);
    return { name, number, bar, line };
  });
  const element = el('dl', { class: 'totals', 'aria-label': t('console.totals.title') }, ...lines.map(({ line }) => line));
  return {
    element,
    render({ totals, people, devices, rounds, phase, turnout }) {
      const { presence } = desk.client;
      const open = rounds.find(({ entry }) => entry.state === 'open');
      const shown = {
        writers: turnout ? [turnout.voted, turnout.of] : [totals.writers, devices], done: [turnout?.done ?? 0, turnout?.voted ?? 0], notes: [totals.notes], proxies: [totals.proxies ?? 0],
        ready: [totals.ready, devices], hands: [totals.hands], tables: [totals.atTables ?? 0, people],
        connected: [presence ? presence.room + presence.remote : people],
      };
      for (const { name, number, bar, line } of lines) {
        const [count, of] = shown[name];
        // So few are missing that a number would point at somebody.
        const isVague = name === 'writers' && Boolean(turnout?.few);
        if (isVague) setText(number, t('console.nearly'));
        else setText(number, of === undefined ? t('console.number', { number: count }) : t('console.of', { count, of }));
        bar.hidden = of === undefined;
        bar.hidden ||= name === 'tables' || isVague;
        bar.firstElementChild.style.setProperty('inline-size', `${of ? Math.min(100, (100 * count) / of) : 0}%`);
        setAttribute(line, 'data-some', name === 'hands' && count > 0);
      }
      setText(lines[0].line.firstElementChild, t(open ? 'console.totals.voters' : 'console.totals.writers'));
      const [writers, done, notes, proxies, , , , tables] = lines.map(({ line }) => line);
      writers.hidden = !open && !phase.may.includes('add') && totals.writers === 0;
      done.hidden = !turnout || turnout.done === null || turnout.done === 0;
      notes.hidden = writers.hidden || Boolean(open);
      proxies.hidden = notes.hidden || !totals.proxies;
      tables.hidden = !totals.atTables;
    },
  };
}

function createDoor(desk) {
  const card = createJoinCard();
  const toggle = el('button', { class: 'button button--small', type: 'button', onclick: () => desk.act('door.set', { open: !desk.state.door?.open }) });
  const change = el('button', {
    class: 'button button--small button--quiet', type: 'button', text: t('console.door.change'),
    onclick: () => confirmDialog({ title: t('console.door.change-title'), text: t('console.door.change-text'), confirm: t('console.door.change'), act: () => desk.client.send('code.change') }),
  });
  const screen = el('button', { class: 'button button--small', type: 'button', text: t('console.door.screen'), onclick: () => openScreen(desk) });
  const rules = el('button', { class: 'button button--small button--quiet', type: 'button', text: t('console.door.rules'), onclick: () => openDoorRules(desk) });
  const waiting = createWaiting(() => openPeopleDialog(desk));
  const element = el('section', { class: 'door', 'aria-labelledby': 'door-title' },
    el('h3', { class: 'now__part', id: 'door-title', text: t('console.door.title') }), waiting.element, card.element,
    el('div', { class: 'row door__actions' }, toggle, change, rules, screen));
  return {
    element,
    render(state) {
      const { door, session } = state;
      waiting.render(state);
      rules.hidden = session.ended || !door;
      card.render(door);
      setText(toggle, t(door?.open ? 'console.door.close' : 'console.door.open'));
      toggle.hidden = session.ended;
      change.hidden = session.ended;
    },
  };
}
