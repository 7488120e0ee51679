/** Boots the facilitator's console, which is also a helper's page: the role the server gave decides what is shown. */
import { readAddress } from '../app/address.js';
import { languageEvents, startTexts, t } from '../app/i18n.js';
import { WorkshopClient } from '../app/workshop-client.js';
import { createAct } from './act.js';
import { createBoard } from './board-view.js';
import { createNow } from './now-view.js';
import { createPrepare } from './prepare-view.js';
import { createRunSheet } from './run-sheet.js';
import { readState } from './state.js';
import { createSums } from './sums.js';
import { createTabs } from './tabs.js';
import { createTop } from './top-bar.js';

const at = (id) => document.getElementById(id);

async function boot() {
  const { workshop, link } = readAddress(location);
  await startTexts({ sets: ['console', 'hybrid', 'rate', 'editor'] });
  const client = new WorkshopClient({ workshop, link });
  const desk = {
    client,
    link,
    /** The latest state; null before the first. @type {ReturnType<typeof readState>} */
    state: null,
    chosenBoard: null,
    refresh,
    /** Whether the session is being prepared, on a page of its own; the start page's link asks for it. */
    preparing: new URL(location.href).searchParams.has('prepare'),
    prepare,
  };
  desk.act = createAct(client, at('notices'));
  let views = null;

  function refresh() {
    desk.state = readState(client, desk.chosenBoard);
    showGate(desk);
    if (!desk.state || !client.role || isGone(client)) return;
    // The role shapes the views. It is told in the welcome, and again after each reconnection, nearly always the same.
    if (views?.role !== client.role) views = { role: client.role, list: build(desk) };
    for (const view of views.list) view.render(desk.state);
  }
  function prepare(on) {
    desk.preparing = on;
    refresh();
    // Whoever reads with the ears begins at the top of what is shown now.
    at(on ? 'prepare-title' : 'run-title')?.focus();
    if (on) window.scrollTo(0, 0);
    else document.dispatchEvent(new CustomEvent('console:show', { detail: 'run' }));
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
    desk.client.role === 'facilitator' && createPrepare(at('prepare'), desk),
  ].filter(Boolean);
}

/** Whether the workshop, or this device's place in it, has been erased. */
const isGone = (client) => client.status === 'closed' && ['erased', 'gone'].includes(client.closeReason);

function showGate(desk) {
  const { client, state } = desk;
  const gate = at('gate');
  const text = client.status === 'closed' ? t(`console.gate.${['removed', 'erased', 'gone', 'replaced'].includes(client.closeReason) ? client.closeReason : 'wrong-link'}`)
    : state ? '' : t('console.gate.connecting');
  if (gate.textContent !== text) gate.textContent = text;
  gate.hidden = text === '';
  const isOver = !state || isGone(client);
  const isPreparing = !isOver && desk.preparing && client.role === 'facilitator' && !state.session.ended;
  document.body.classList.toggle('preparing', isPreparing);
  at('prepare').hidden = !isPreparing;
  at('desk').hidden = isOver || isPreparing;
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
