/** The participant's page, and the observer's: joins the parts, and draws them anew when something changed. */
import { LiveRegion } from '../components/live-region.js';
import { el, loadStyles } from '../app/dom.js';
import { languageEvents, refusalText, t } from '../app/i18n.js';
import { WorkshopClient } from '../app/workshop-client.js';
import { setTitle } from './chrome.js';
import { Composer } from './composer.js';
import { MyNotes } from './my-notes.js';
import { withPendingMe, withPendingNotes } from './optimism.js';
import { permissions } from './rules.js';
import { Signals } from './signals.js';
import { TaskPanel } from './task-panel.js';
import { TopBar } from './top-bar.js';
import { Toast } from './toast.js';

/**
 * @param {HTMLElement} root
 * @param {{ page: string, workshop: string, link?: string, code?: string, name?: string, via?: 'room' | 'remote',
 *   proof?: string, table?: boolean }} address  `table`: several share the device, and are asked how many
 * @returns {() => void} to leave
 */
export function show(root, { workshop, link, code, name, via, proof, table }, go) {
  const client = new WorkshopClient({ workshop, link, code, name, via, proof });
  if (!client.isKnown && !code && !link) {
    go('/', { replace: true });
    return () => {};
  }
  const live = new LiveRegion();
  const toast = new Toast();
  const context = {
    client, live, toast, table,
    /** Sends a command and tells of a refusal in words. @returns {Promise<boolean>} whether it was accepted */
    act: (type, members) => client.send(type, members).then(() => true, ({ code: refusal }) => {
      toast.show(refusalText(refusal));
      return false;
    }),
  };
  let parts = build(root, context);
  let wall = null;
  const seen = { notes: null, phase: null, redacted: null };

  const draw = () => {
    if (client.status === 'closed') return;
    const state = read(client);
    const waits = state.me.waits ?? client.sentAway;
    if (waits || seen.waits) import('./waiting.js').then(({ drawWaiting }) => drawWaiting(parts.page, waits));
    seen.waits = waits;
    parts.page.dataset.phase = state.phase ? 'known' : 'loading';
    if (!state.phase) return;
    setTitle(state.session?.title);
    for (const part of parts.list) part.draw(state);
    tell(state, seen, context);
  };
  const ended = () => {
    if (client.status === 'closed') import('./closed.js').then(({ showClosed }) => showClosed(root, client));
  };
  const redraw = () => {
    const { draft } = parts.composer;
    parts = build(root, context);
    parts.composer.giveBack(draft);
    if (wall) parts.hang(new wall.Wall(context, parts.composer));
    draw();
  };
  // One can write before the rest is here; on a bad line that may be a while, so each welcome tries again.
  const hangWall = async () => {
    if (wall) return;
    try {
      const [module] = await Promise.all([import('./wall.js'), loadStyles('/participant/wall.css')]);
      if (wall) return;
      wall = module;
      parts.hang(new wall.Wall(context, parts.composer));
      draw();
    } catch { /* the line went; it is tried again */ }
  };
  client.addEventListener('welcome', hangWall);
  client.addEventListener('change', draw);
  client.addEventListener('status', ended);
  client.addEventListener('status', draw);
  client.addEventListener('refused', ({ detail }) => {
    const text = detail.command.members.text;
    toast.show(refusalText(detail.code));
    if (text) parts.composer.giveBack(text);
  });
  languageEvents.addEventListener('language', redraw);
  // Not needed before somebody writes.
  const keyboard = import('./keyboard.js').then(({ avoidKeyboard }) => avoidKeyboard(document.documentElement)).catch(() => () => {});
  client.start();
  return () => {
    keyboard.then((release) => release());
    client.stop();
    languageEvents.removeEventListener('language', redraw);
  };
}

/** Everything a part draws from: the entries, with one's own unanswered acts laid over them. */
function read(client) {
  const session = client.get('session');
  const phase = client.get('phase');
  const { pending } = client;
  const may = permissions({ role: client.role, session, phase, waits: client.get('me', 'own')?.waits });
  const notes = client.entries('note/');
  const rounds = client.entries('round/').filter(({ entry }) => phase && entry.board === phase.board);
  return {
    session, phase, pending, may, role: client.role,
    me: withPendingMe(client.get('me', 'own'), pending),
    board: phase && client.get(`board/${phase.board}`),
    notes: withPendingNotes(notes, pending), serverNotes: notes,
    clusters: client.entries('cluster/'),
    openRound: rounds.find(({ entry }) => entry.state === 'open') ?? null,
    closedRound: rounds.at(-1)?.entry.state === 'closed' ? rounds.at(-1) : null,
    revealedRounds: rounds.filter(({ entry }) => entry.state === 'revealed').reverse(),
    timer: client.get('timer'), totals: client.get('totals'), spotlight: client.get('spotlight'),
  };
}

function build(root, context) {
  const top = new TopBar(context);
  const task = new TaskPanel(context);
  const composer = new Composer(context);
  const signals = new Signals(context);
  const mine = new MyNotes(context);
  const loading = el('p', { class: 'soft loading', role: 'status', text: t('participant.loading') });
  const page = el('div', { class: 'participant', dataset: { phase: 'loading' } },
    top.element,
    el('main', { class: 'participant__main', id: 'main', tabindex: '-1' },
      el('div', { class: 'participant__task' }, loading, task.element,
        el('div', { class: 'dock' }, context.toast.element, composer.element, signals.element), mine.element)));
  const skip = el('a', { class: 'skip-link', href: '#main', text: t('common.skip'), onclick: (event) => {
    // The part after # may be a secret: it is left alone.
    event.preventDefault();
    document.getElementById('main').focus();
  } });
  root.replaceChildren(skip, page, context.live.element);
  watchDock(page);
  const list = [top, task, composer, signals, mine];
  const hang = (wall) => {
    page.querySelector('main').append(wall.element);
    list.push(wall, new Placement(page, mine.element, wall));
  };
  return { page, composer, list, hang };
}

/**
 * One's own notes stand on the desk when there is one, else on the wall. They are moved, not only drawn elsewhere: what is
 * read and tabbed through follows what is seen.
 */
class Placement {
  #wide = matchMedia('(min-width: 60rem)');
  #isWriting = true;

  constructor(page, mine, wall) {
    this.place = () => {
      const desk = page.querySelector('.participant__task');
      if (!this.#wide.matches) wall.takeIn(mine, this.#isWriting);
      else if (mine.parentElement !== desk) desk.append(mine);
    };
    this.#wide.addEventListener('change', this.place);
    this.place();
  }

  draw({ may }) {
    this.#isWriting = may.add;
    this.place();
  }
}

/** Lets the page end above the dock, however high that is. */
function watchDock(page) {
  const dock = page.querySelector('.dock');
  // A padding and not a custom property: that would be inherited, and every note's style worked out anew at each line typed.
  new ResizeObserver(() => {
    const isFixed = getComputedStyle(dock).position === 'fixed';
    page.style.setProperty('padding-block-end', isFixed ? `${dock.offsetHeight + 24}px` : '');
  }).observe(dock);
}

/** Sums up for ears what others did. */
function tell({ phase, notes }, seen, { client, live }) {
  const others = new Set(notes.filter(({ entry }) => !entry.mine).map(({ id }) => id));
  if (seen.phase !== null && seen.phase !== phase.id) {
    live.announce(`${t('status.newPhase', { name: phase.name })}. ${phase.instruction}`);
    scrollTo({ top: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  } else if (seen.notes) {
    const fresh = [...others].filter((id) => !seen.notes.has(id)).length;
    if (fresh) live.count('status.newNotes', fresh);
  }
  // Whoever wrote a note that was taken off hears it, and why.
  const redacted = new Map(notes.filter(({ entry }) => entry.mine && entry.publication === 'redacted').map(({ id, entry }) => [id, entry.reason]));
  const [reason] = seen.redacted ? [...redacted].filter(([id]) => !seen.redacted.has(id)).map(([, why]) => why) : [];
  if (reason) live.announce(t('participant.note.redacted', { reason: t(`common.reason.${reason}`) }));
  if (client.status === 'live') {
    seen.redacted = redacted;
    seen.notes = others;
    seen.phase = phase.id;
  }
}
