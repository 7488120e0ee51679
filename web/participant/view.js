/** Taking part, and looking on: one column that holds what this phase lets one do, and nothing else. */
import { el, setText } from '../app/dom.js';
import { languageEvents, refusalText, t } from '../app/i18n.js';
import { WorkshopClient } from '../app/workshop-client.js';
import { LiveRegion } from '../components/live-region.js';
import { showNotice } from '../components/notice.js';
import { StatusLine } from '../components/status-line.js';
import { TimerDisplay } from '../components/timer-display.js';
import { BoardSection } from './board-section.js';
import { languageChoice, setTitle } from './chrome.js';
import { Composer } from './composer.js';
import { MyNotes } from './my-notes.js';
import { permissions, promise } from './rules.js';
import { Signals } from './signals.js';
import { SpotlightSection } from './spotlight-section.js';
import { VoteSection } from './vote-section.js';

/**
 * @param {HTMLElement} root
 * @param {{ workshop: string, link?: string, code?: string, name?: string, via?: 'room' | 'remote' }} address
 * @param {Function} go
 * @returns {() => void} to leave
 */
export function show(root, address, go) {
  const { workshop, link, code, name, via } = address;
  const client = new WorkshopClient({ workshop, link, code, name, via });
  if (!client.isKnown && !code && !link) {
    go('/', { replace: true });
    return () => {};
  }
  const page = new Page(client);
  root.replaceChildren(page.element);
  const redraw = () => page.draw(true);
  client.addEventListener('change', ({ detail }) => page.changed(detail));
  client.addEventListener('refused', ({ detail }) => page.refused(detail.code, detail.command));
  languageEvents.addEventListener('language', redraw);
  client.start();
  page.draw(true);
  return () => {
    languageEvents.removeEventListener('language', redraw);
    client.stop();
  };
}

/** Everything on the page, and when it is drawn anew. */
class Page {
  #client;
  #live = new LiveRegion();
  #notices = el('div', { class: 'notices', role: 'status' });
  #position = el('p', { class: 'top__position' });
  #name = el('h1', { class: 'top__name', tabindex: '-1' });
  #instruction = el('p', { class: 'instruction' });
  #promise = el('p', { class: 'promise' });
  #closed = el('p', { class: 'banner', hidden: true });
  #waiting = el('p', { class: 'soft center', role: 'status' });
  #main;
  #foot = el('footer', { class: 'page-foot' });
  #end = el('main', { class: 'welcome', id: 'main', hidden: true });
  #sections;
  #phase;
  #seen = new Set();

  constructor(client) {
    this.#client = client;
    const tools = { client, say: (text) => this.#live.announce(text), refused: (code, command) => this.refused(code, command) };
    this.timer = new TimerDisplay(() => client.now(), (moment) => this.#live.announce(t(`participant.timer.${moment}`)));
    this.status = new StatusLine(client);
    this.composer = new Composer(tools);
    this.signals = new Signals(tools);
    this.#sections = [new SpotlightSection(client), new VoteSection(tools), new MyNotes(tools, this.composer), new BoardSection(tools)];
    this.#main = el('main', { class: 'taking-part', id: 'main' }, this.#waiting, this.#instruction, this.#promise, this.#closed,
      ...this.#sections.map(({ element }) => element), this.signals.element);
    this.element = el('div', { class: 'page' },
      el('a', { class: 'skip-link', href: '#main', text: t('common.skip') }),
      el('header', { class: 'top' },
        el('div', { class: 'top__words' }, this.#position, this.#name, this.status.element), this.timer.element),
      this.#main, this.#end, this.#foot, this.composer.element, this.#notices, this.#live.element);
  }

  /** @param {Set<string>} keys that have changed */
  changed(keys) {
    this.#countNews(keys);
    this.draw();
  }

  draw(words = false) {
    const client = this.#client;
    if (words) {
      this.#foot.replaceChildren(languageChoice());
      this.status.draw();
    }
    if (client.status === 'closed') return this.#drawEnd();
    const session = client.get('session');
    const phase = client.get('phase');
    const isReady = Boolean(session && phase);
    this.#waiting.hidden = isReady;
    setText(this.#waiting, t('participant.connecting'));
    for (const part of [this.#instruction, this.#promise, this.composer.element, this.signals.element]) part.hidden = !isReady;
    for (const { element } of this.#sections) element.hidden = !isReady;
    if (!isReady) return undefined;
    const may = permissions({ role: client.role, session, phase });
    setTitle(session.title);
    this.#main.lang = session.language;
    this.#name.lang = session.language;
    setText(this.#position, `${session.title} · ${t('participant.position', { position: phase.position, count: phase.count })}`);
    setText(this.#name, session.ended ? t('participant.closed.ended-title') : phase.name);
    setText(this.#instruction, session.ended ? '' : phase.instruction);
    this.#instruction.hidden = session.ended || !phase.instruction;
    this.#promise.hidden = !may.add;
    setText(this.#promise, `${t(`participant.promise.${promise(phase)}`)} ${t(`participant.anonymity.${phase.anonymity}`)}`);
    this.#closed.hidden = !may.closed || may.closed === 'reading';
    setText(this.#closed, may.closed ? t(`participant.closed.${may.closed}`) : '');
    this.timer.update(client.get('timer'));
    for (const section of this.#sections) section.draw(may, phase);
    this.composer.draw(may, phase);
    this.signals.draw(may);
    this.#announcePhase(phase);
    return undefined;
  }

  /** A command that was refused: what happened, and the words back. */
  refused(code, command) {
    const text = refusalText(code);
    showNotice(this.#notices, { kind: 'refusal', text });
    if (command?.type === 'note.add') this.composer.giveBack(command.members.text);
  }

  #announcePhase(phase) {
    const isNew = this.#phase !== undefined && this.#phase !== phase.id;
    this.#phase = phase.id;
    if (!isNew) return;
    this.#live.announce(`${phase.name}. ${phase.instruction}`);
    scrollTo({ top: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  #countNews(keys) {
    for (const key of keys) {
      if (!key.startsWith('note/')) continue;
      const isHere = Boolean(this.#client.get(key, 'room'));
      if (isHere && !this.#seen.has(key)) {
        if (this.#seen.size > 0 && !this.#client.get(key, 'own')) this.#live.count('status.newNotes');
        this.#seen.add(key);
      } else if (!isHere) this.#seen.delete(key);
    }
  }

  #drawEnd() {
    const reason = this.#client.closeReason === 'removed' ? 'removed' : this.#client.closeReason === 'full' ? 'full' : 'unknown';
    for (const part of [this.#main, this.composer.element]) part.hidden = true;
    this.#end.hidden = false;
    this.#end.replaceChildren(el('section', { class: 'stack welcome__form' },
      el('h1', { text: t(`participant.out.${reason}-title`) }), el('p', { text: t(`participant.out.${reason}`) }),
      el('a', { class: 'button button--primary button--large', href: '/', text: t('join.anotherCode') })));
  }
}
