/** Boots the facilitator's console, which is also a helper's page: the role the server gave decides what is shown. */
import { readAddress } from '../app/address.js';
import { languageEvents, startTexts, t } from '../app/i18n.js';
import { WorkshopClient } from '../app/workshop-client.js';
import { createAct } from './act.js';
import { createBoard } from './board-view.js';
import { createNow } from './now-view.js';
import { createRunSheet } from './run-sheet.js';
import { readState } from './state.js';
import { createSums } from './sums.js';
import { createTabs } from './tabs.js';
import { createTop } from './top-bar.js';

const at = (id) => document.getElementById(id);

async function boot() {
  const { workshop, link } = readAddress(location);
  await startTexts({ sets: ['console', 'hybrid'] });
  const client = new WorkshopClient({ workshop, link });
  const desk = {
    client,
    link,
    /** The latest state; null before the first. @type {ReturnType<typeof readState>} */
    state: null,
    chosenBoard: null,
    refresh,
  };
  desk.act = createAct(client, at('notices'));
  let views = null;

  function refresh() {
    desk.state = readState(client, desk.chosenBoard);
    showGate(client, desk.state);
    if (!desk.state || !client.role || isGone(client)) return;
    // The role shapes the views. It is told in the welcome, and again after each reconnection, nearly always the same.
    if (views?.role !== client.role) views = { role: client.role, list: build(desk) };
    for (const view of views.list) view.render(desk.state);
  }
  for (const event of ['change', 'status', 'presence', 'welcome']) client.addEventListener(event, refresh);
  client.addEventListener('links', () => {
    if (!client.links.facilitator) return;
    // The address is the facilitator's way back.
    desk.link = client.links.facilitator;
    history.replaceState(null, '', `#${desk.link}`);
  });
  client.addEventListener('refused', ({ detail }) => desk.act.tellRefusal(detail.code));
  languageEvents.addEventListener('language', () => {
    views = null;
    refresh();
  });
  client.start();
}

function build(desk) {
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(node.dataset.t);
  return [
    createTop(at('top'), desk),
    createTabs(at('tabs'), [at('run'), at('board'), at('now')], desk),
    createRunSheet(at('run'), desk),
    createBoard(at('board'), desk),
    createNow(at('now'), desk),
    createSums(at('announcer'), desk),
  ];
}

/** Whether the workshop, or this device's place in it, has been erased. */
const isGone = (client) => client.status === 'closed' && ['erased', 'gone'].includes(client.closeReason);

function showGate(client, state) {
  const gate = at('gate');
  const text = client.status === 'closed' ? t(`console.gate.${['removed', 'erased', 'gone', 'replaced'].includes(client.closeReason) ? client.closeReason : 'wrong-link'}`)
    : state ? '' : t('console.gate.connecting');
  if (gate.textContent !== text) gate.textContent = text;
  gate.hidden = text === '';
  const isOver = !state || isGone(client);
  at('desk').hidden = isOver;
  at('top').hidden = isOver;
  if (isGone(client)) {
    at('tabs').hidden = true;
    // What was said about a workshop that is no more leads nowhere.
    at('notices').replaceChildren();
  }
  at('desk').setAttribute('aria-busy', String(!state));
  if (state) document.title = t('console.title', { title: state.session.title });
}

// Without its texts the page is empty: most likely the line is down, so it tries again.
boot().catch(() => setTimeout(() => location.reload(), 5_000));
