/**
 * The workshop gone through again, for the debrief: a slider over everything that happened, and the board as the room saw it.
 * Nothing can be changed here, and nothing is told that the room does not show now (protocol.md, Y).
 */
import { el, loadStyles, reconcile, setAttribute, setText } from '../app/dom.js';
import { formatNumber, language, t } from '../app/i18n.js';
import { buildOutline } from '../app/outline.js';
import { History, entriesOf } from '../app/replay.js';
import { across, hasPicture, placeName } from '../app/structure.js';
import { renderOutline } from '../components/board-outline.js';
import { BoardPicture } from '../components/board-picture.js';

/** How many times faster than it happened. */
const SPEEDS = [10, 60, 300, 1200];
/** No pause is longer than this, in milliseconds of the one who watches. */
const PAUSE = 1500;
/** Milliseconds between two pictures while it plays; with reduced motion fewer changes are shown. */
const TICK = 150;
const CALM_TICK = 1000;

let styles = null;

/** @param {any} desk */
export async function openReplay(desk) {
  styles ??= Promise.all(['/console/replay.css', '/components/board-outline.css'].map((href) => loadStyles(href))).catch(() => { styles = null; });
  await styles;
  new Replay(desk).open();
}

class Replay {
  #desk;
  #history = new History();
  #index = 0;
  #timer = null;
  #moment = 0;
  #gone = new AbortController();
  #title = el('h2', { class: 'replay__title', id: 'replay-title', text: t('console.replay.title'), tabindex: '-1' });
  #close = el('button', { class: 'button button--small', type: 'button', text: t('console.close'), onclick: () => this.#dialog.close() });
  #about = el('p', { class: 'soft replay__about', text: t('console.replay.about') });
  #status = el('p', { class: 'replay__loading', role: 'status' });
  #when = el('p', { class: 'replay__when numbers' });
  #what = el('p', { class: 'replay__what soft' });
  #slider = el('input', { type: 'range', class: 'replay__slider', min: 0, max: 0, step: 1, 'aria-label': t('console.replay.slider'), oninput: () => this.#scrub() });
  #ticks = el('div', { class: 'replay__ticks', 'aria-hidden': 'true' });
  #play = el('button', { class: 'button button--primary', type: 'button', onclick: () => this.#toggle() });
  #speed = el('select', { class: 'input replay__speed', id: 'replay-speed' }, ...SPEEDS.map((speed) => el('option', { value: speed, text: t('console.replay.times', { number: formatNumber(speed) }) })));
  #before = el('button', { class: 'button button--small', type: 'button', text: t('console.replay.previous'), onclick: () => this.#leap(-1) });
  #after = el('button', { class: 'button button--small', type: 'button', text: t('console.replay.next'), onclick: () => this.#leap(1) });
  #jump = el('select', { class: 'input replay__jump', id: 'replay-jump', onchange: () => this.#go(Number(this.#jump.value), true) });
  #said = el('p', { class: 'visually-hidden', role: 'status' });
  #rounds = el('ul', { class: 'replay__rounds', role: 'list' });
  #picture = new BoardPicture();
  #board = el('div', { class: 'replay__outline' });
  #empty = el('p', { class: 'empty', text: t('console.replay.empty') });
  #boardName = el('h3', { class: 'replay__board-name' });
  #controls = el('div', { class: 'replay__controls', hidden: true }, this.#when, this.#what,
    el('div', { class: 'replay__track' }, this.#slider, this.#ticks),
    el('div', { class: 'row replay__buttons' }, this.#play,
      el('label', { class: 'replay__field', for: 'replay-speed' }, el('span', { text: t('console.replay.speed') }), this.#speed),
      this.#before, this.#after,
      el('label', { class: 'replay__field replay__field--wide', for: 'replay-jump' }, el('span', { text: t('console.replay.jump') }), this.#jump)));
  #view = el('div', { class: 'replay__board', tabindex: '0', role: 'region', 'aria-label': t('console.replay.board'), hidden: true }, this.#boardName, this.#rounds, this.#empty, this.#picture.element, this.#board);
  #dialog = el('dialog', { class: 'replay', 'aria-labelledby': 'replay-title' },
    el('div', { class: 'replay__head' }, this.#title, this.#close), this.#about, this.#status, this.#controls, this.#said, this.#view);

  constructor(desk) { this.#desk = desk; }

  open() {
    this.#speed.value = String(SPEEDS[1]);
    this.#dialog.addEventListener('close', () => {
      this.#stop();
      this.#gone.abort();
      this.#dialog.remove();
      document.dispatchEvent(new Event('console:closed'));
    });
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#title.focus();
    this.#load();
  }

  async #load() {
    const { client } = this.#desk;
    try {
      for (let after = 0, head = 1; after < head;) {
        setText(this.#status, t('console.replay.loading', { percent: formatNumber(Math.round((100 * after) / head)) }));
        const response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}/replay?after=${after}`, {
          headers: { Authorization: `Bearer ${client.secret}` }, signal: this.#gone.signal,
        });
        if (response.status === 429) {
          await new Promise((resolve) => { setTimeout(resolve, 1000); });
          if (this.#gone.signal.aborted) return;
          continue;
        }
        if (!response.ok) throw new Error(String(response.status));
        const page = await response.json();
        this.#history.add(page);
        head = page.head;
        if (page.last <= after && page.last < head) break;
        after = page.last;
      }
    } catch {
      if (!this.#gone.signal.aborted) {
        const again = el('button', { class: 'button button--small', type: 'button', text: t('console.replay.retry'), onclick: () => { this.#history = new History(); this.#load(); } });
        this.#status.replaceChildren(t('console.replay.failed'), ' ', again);
      }
      return;
    }
    this.#ready();
  }

  #ready() {
    const history = this.#history;
    setText(this.#status, history.isCut ? t('console.replay.cut') : '');
    this.#status.hidden = !history.isCut;
    this.#controls.hidden = false;
    this.#view.hidden = false;
    this.#slider.max = String(Math.max(0, history.length - 1));
    const last = Math.max(1, history.length - 1);
    reconcile(this.#ticks, history.marks.filter(({ kind }) => kind === 'phase' || kind === 'reveal'), {
      key: ({ index, kind }) => `${index}/${kind}`, create: () => el('span', { class: 'replay__tick' }),
      update: (tick, { index }) => tick.style.setProperty('inset-inline-start', `${(100 * index) / last}%`),
    });
    this.#jump.replaceChildren(el('option', { value: 0, text: t('console.replay.beginning') }),
      ...history.marks.map(({ index, at, kind, name }) => el('option', { value: index, text: `${clock(at)} ${t(`console.replay.mark.${kind}`, { name })}` })));
    this.#go(0, false);
    this.#slider.focus();
  }

  #scrub() {
    this.#stop();
    this.#go(Number(this.#slider.value), false);
  }

  #leap(way) {
    const marks = this.#history.marks.map(({ index }) => index);
    const target = way > 0 ? marks.find((index) => index > this.#index) : marks.filter((index) => index < this.#index).at(-1);
    this.#go(target ?? (way > 0 ? this.#history.length - 1 : 0), true);
  }

  /** @param {boolean} tell whether ears hear where that is; the slider tells by itself */
  #go(index, tell) {
    this.#index = index;
    this.#moment = this.#history.timeAt(index);
    this.#slider.value = String(index);
    this.#draw();
    if (tell) setText(this.#said, this.#slider.getAttribute('aria-valuetext'));
  }

  #toggle() {
    if (this.#timer !== null) return this.#stop();
    if (this.#index >= this.#history.length - 1) this.#go(0, false);
    const tick = matchMedia('(prefers-reduced-motion: reduce)').matches ? CALM_TICK : TICK;
    this.#timer = setInterval(() => this.#advance(tick), tick);
    this.#drawPlay();
    return undefined;
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#drawPlay();
  }

  #advance(tick) {
    const history = this.#history;
    const speed = Number(this.#speed.value);
    const next = history.timeAt(Math.min(this.#index + 1, history.length - 1));
    this.#moment = Math.max(this.#moment + tick * speed, next - PAUSE * speed);
    const index = Math.max(this.#index, history.indexAt(this.#moment));
    if (index !== this.#index) {
      this.#index = index;
      this.#slider.value = String(index);
      this.#draw();
    }
    if (index >= history.length - 1) this.#stop();
  }

  #drawPlay() { setText(this.#play, t(this.#timer === null ? 'console.replay.play' : 'console.replay.pause')); }

  #draw() {
    const state = this.#history.stateAt(this.#index);
    const at = this.#history.timeAt(this.#index);
    const phase = state.get('phase');
    const totals = state.get('totals');
    const notes = entriesOf(state, 'note/');
    const board = state.get(`board/${phase?.board}`);
    const rounds = entriesOf(state, 'round/').filter(({ entry }) => entry.board === phase?.board);
    const when = t('console.replay.when', { time: clock(at), phase: phase?.name ?? '', position: formatNumber(phase?.position ?? 0), count: formatNumber(phase?.count ?? 0) });
    setText(this.#when, when);
    setText(this.#what, t('console.replay.what', {
      notes: t('common.notes', { count: notes.length }), room: formatNumber(totals?.room ?? 0), remote: formatNumber(totals?.remote ?? 0),
    }));
    setAttribute(this.#slider, 'aria-valuetext', `${when}. ${this.#what.textContent}`);
    this.#jump.value = String(this.#history.marks.filter(({ index }) => index <= this.#index).at(-1)?.index ?? 0);
    setText(this.#boardName, board?.name ?? '');
    reconcile(this.#rounds, rounds, {
      key: ({ id }) => id, create: () => el('li'),
      update: (item, { entry }) => setText(item, t(`console.replay.round.${entry.state}`, { title: entry.title, count: entry.voters })),
    });
    this.#rounds.hidden = rounds.length === 0;
    const outline = buildOutline(phase?.board, board, notes, entriesOf(state, 'cluster/'));
    const told = board?.structure === 'matrix' ? { ...outline, columns: outline.columns.filter(({ count, clusters }) => count || clusters.length) } : outline;
    const shown = outline.columns.flatMap(({ clusters, loose }) => [...clusters.flatMap((cluster) => cluster.notes), ...loose]);
    const numbers = new Map(hasPicture(board) ? shown.map(({ id }, index) => [id, index + 1]) : []);
    this.#picture.element.hidden = numbers.size === 0;
    if (numbers.size) this.#picture.draw({ id: phase.board, board, notes: shown, rounds, language: state.get('session')?.language });
    this.#empty.hidden = outline.count > 0;
    this.#board.hidden = outline.count === 0 && outline.columns.every(({ id, clusters }) => id === null && clusters.length === 0);
    const wide = across(board);
    setAttribute(this.#board, 'data-across', wide > 0 && board.structure !== 'matrix' ? wide : null);
    this.#board.style.setProperty('--across', String(wide || 1));
    renderOutline(this.#board, told, {
      level: 4, language: state.get('session')?.language, version: JSON.stringify([language(), [...numbers]]), columnName: (column) => placeName(board, column),
      note: ({ id, entry }) => ({ text: entry.text, paper: entry.paper, language: entry.language, author: entry.author, source: entry.source, number: numbers.get(id), badges: [], actions: [] }),
    });
  }
}

/** The time of day, to the second. */
const clock = (at) => new Intl.DateTimeFormat(language(), { timeStyle: 'medium' }).format(at);
