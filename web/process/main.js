/** Boots the process page: with a link the process itself, without one what everybody may see of it. */
import { readAddress } from '../app/address.js';
import { el, setText } from '../app/dom.js';
import { languageEvents, startTexts, t } from '../app/i18n.js';
import { WorkshopClient } from '../app/workshop-client.js';

const at = (id) => document.getElementById(id);
const VIEWS = { overview: () => import('./overview.js'), items: () => import('./items-view.js'), item: () => import('./item-view.js'), session: () => import('./session-view.js') };

async function boot() {
  const { workshop, link } = readAddress(location);
  if (!link) {
    await startTexts({ sets: ['process'] });
    const { showPublic } = await import('./public.js');
    await showPublic(at('main'), workshop);
    return;
  }
  await startTexts({ sets: ['console', 'process'] });
  const [{ createAct }, { createBar }, { readProcess }, { listen, render }, { readRoute, routeAddress }] = await Promise.all([
    import('../console/act.js'), import('./bar.js'), import('./model.js'), import('./morph.js'), import('./route.js')]);
  const client = new WorkshopClient({ workshop, link });
  const desk = {
    client, link,
    /** @type {ReturnType<typeof readProcess>} */
    state: null,
    route: readRoute(location),
    /** What is ticked, for the view that stands: notes and clusters of a session, or items. @type {Set<string>} */
    chosen: new Set(),
    /** What was asked of the server for the view that stands. */
    loaded: null,
    refresh,
    /** Goes to another view, and puts the focus on its heading. */
    go(route) {
      history.pushState(null, '', routeAddress(route));
      return arrive();
    },
    say: (text) => { at('announcer').textContent = at('announcer').textContent === text ? `${text}\u00A0` : text; },
  };
  desk.act = createAct(client, at('notices'));
  let bar = createBar(at('bar'), desk);
  let view = null;
  listen(at('main'));

  async function arrive({ focus = true } = {}) {
    desk.route = readRoute(location);
    desk.chosen = new Set();
    desk.loaded = null;
    view = await VIEWS[desk.route.view]();
    view.arrive?.(desk);
    refresh();
    scrollTo({ top: 0 });
    if (focus) at('main').querySelector('[data-title]')?.focus({ preventScroll: true });
  }

  function refresh() {
    desk.state = readProcess(client);
    gate(client, desk.state);
    if (!desk.state || !client.role || isGone(client)) return;
    bar.render(desk.state);
    if (view) render(at('main'), view.draw(desk));
  }
  for (const event of ['change', 'status', 'welcome']) client.addEventListener(event, refresh);
  client.addEventListener('links', () => {
    if (!client.links.facilitator) return;
    // The address is the owner's way back.
    desk.link = client.links.facilitator;
    history.replaceState(null, '', `#${desk.link}`);
    refresh();
  });
  client.addEventListener('refused', ({ detail }) => desk.act.tellRefusal(detail.code));
  addEventListener('popstate', () => arrive());
  document.addEventListener('console:closed', () => requestAnimationFrame(() => {
    // What had the focus before the dialog is gone, such as what was done with what was ticked.
    if (document.activeElement === document.body) at('main').querySelector('[data-title]')?.focus({ preventScroll: true });
  }));
  languageEvents.addEventListener('language', () => {
    bar = createBar(at('bar'), desk);
    setText(at('skip'), t('common.skip'));
    refresh();
  });
  setText(at('skip'), t('common.skip'));
  at('skip').addEventListener('click', (event) => {
    // The part after # is a secret: it is left alone.
    event.preventDefault();
    at('main').focus();
  });
  await arrive({ focus: false });
  client.start();
}

const isGone = (client) => client.status === 'closed' && ['erased', 'gone'].includes(client.closeReason);

function gate(client, state) {
  const known = ['removed', 'erased', 'gone', 'replaced'];
  const notProcess = client.status === 'live' && client.get('session') && !client.get('process');
  const text = client.status === 'closed' ? t(`process.gate.${known.includes(client.closeReason) ? client.closeReason : 'wrong-link'}`)
    : notProcess ? t('process.gate.not-a-process') : state ? '' : t('console.gate.connecting');
  setText(at('gate'), text);
  at('gate').hidden = text === '';
  const isOver = !state || isGone(client);
  at('main').hidden = isOver;
  at('bar').hidden = isOver;
  at('main').setAttribute('aria-busy', String(!state));
  if (state) document.title = `${state.title} · Samskap`;
}

boot().catch((error) => {
  console.warn(error);
  // Without its texts the page is empty: most likely the line is down, so it tries again.
  at('gate').replaceChildren(el('span', { text: '…' }));
  setTimeout(() => location.reload(), 5_000);
});
