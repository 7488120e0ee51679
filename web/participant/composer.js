/** Writing a note: sits above the keyboard, and keeps what one has written until it is in the queue. */
import { el, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { characterCount } from '../app/wire.js';
import { PAPERS } from '../components/note-card.js';
import { icon } from '../icons/icon.js';
import { notesLeft } from './rules.js';
import { unsentNotes } from './optimism.js';

/** The count is shown only when it begins to matter. */
const NEAR_LIMIT = 80;

export class Composer {
  #tools;
  #text = el('textarea', { class: 'input composer__text', id: 'composer', rows: '1', enterkeyhint: 'send', autocapitalize: 'sentences' });
  #count = el('p', { class: 'composer__count numbers', role: 'status' });
  #label = el('label', { class: 'visually-hidden', for: 'composer' });
  #columns = el('select', { class: 'input composer__column' });
  #papers = el('fieldset', { class: 'papers' }, el('legend', { class: 'visually-hidden' }));
  #more = el('div', { class: 'composer__more' });
  #send = el('button', { class: 'button button--primary composer__send' }, icon('send'), el('span'));
  #full = el('p', { class: 'soft', hidden: true });
  #paper = null;
  #phase = null;
  #words = '';

  constructor(tools) {
    this.#tools = tools;
    this.#more.append(this.#columns, this.#papers);
    this.element = el('form', {
      class: 'composer', hidden: true, novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        this.#submit();
      },
    }, el('div', { class: 'composer__inner' }, this.#full, this.#more,
      el('div', { class: 'composer__row' }, this.#label, this.#text, this.#send), this.#count));
    this.#text.addEventListener('input', () => this.#typed());
    this.#text.addEventListener('keydown', (event) => {
      // One note is one thought: Enter sends it, Shift and Enter begin a new line.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
  }

  draw(may, phase) {
    this.element.hidden = !may.add;
    if (!may.add) return;
    const { client } = this.#tools;
    const board = client.get(`board/${phase.board}`);
    if (this.#phase !== `${phase.id}${board?.name ?? ''}${t('composer.send')}`) this.#build(phase, board);
    const notes = client.entries('note/');
    const left = notesLeft(phase, notes, unsentNotes(client.pending, notes).length);
    const isFull = left === 0;
    this.#full.hidden = !isFull;
    setText(this.#full, isFull ? t('composer.full', { count: phase.notesEach }) : '');
    for (const part of [this.#more, this.#text, this.#send]) part.hidden = isFull;
    this.#typed();
  }

  /** Puts words back that could not be sent, so that nothing one has written is lost. @param {string} text */
  giveBack(text) {
    this.#text.value = this.#text.value.trim() ? `${text}\n${this.#text.value}` : text;
    this.#typed();
  }

  #build(phase, board) {
    this.#phase = `${phase.id}${board?.name ?? ''}${t('composer.send')}`;
    setText(this.#label, t('composer.label'));
    setAttribute(this.#text, 'placeholder', t('composer.placeholder'));
    setText(this.#send.lastElementChild, t('composer.send'));
    const columns = board?.columns ?? [];
    this.#columns.hidden = columns.length === 0;
    setAttribute(this.#columns, 'aria-label', t('composer.column'));
    const chosen = this.#columns.value;
    this.#columns.replaceChildren(...columns.map(({ id, name, group }) =>
      el('option', { value: id, text: group ? `${group}: ${name}` : name })));
    if (columns.some(({ id }) => id === chosen)) this.#columns.value = chosen;
    // On a board with columns the column gives the paper its colour.
    this.#papers.hidden = columns.length > 0;
    this.#papers.firstElementChild.textContent = t('composer.paper');
    const first = this.#paper ?? 'sun';
    this.#papers.replaceChildren(this.#papers.firstElementChild, ...PAPERS.map((paper) => {
      const input = el('input', { type: 'radio', name: 'paper', value: paper, onchange: () => { this.#paper = paper; } });
      input.checked = paper === first;
      return el('label', { class: 'paper', dataset: { paper }, title: t(`paper.${paper}`) }, input,
        el('span', { class: 'paper__sheet', dataset: { paper } }, el('span', { class: 'visually-hidden', text: t(`paper.${paper}`) }), el('span', { class: 'paper-mark', 'aria-hidden': 'true' })));
    }));
  }

  #typed() {
    this.#text.style.setProperty('block-size', 'auto');
    this.#text.style.setProperty('block-size', `${Math.min(this.#text.scrollHeight + 2, 180)}px`);
    const limit = this.#tools.client.limits.noteCharacters;
    const left = limit - characterCount(this.#text.value);
    this.#count.hidden = left > NEAR_LIMIT;
    const words = left > NEAR_LIMIT ? '' : left < 0 ? t('composer.tooLong', { count: -left }) : t('composer.left', { count: left });
    if (words !== this.#words) setText(this.#count, words);
    this.#words = words;
    this.#count.classList.toggle('composer__count--over', left < 0);
    setAttribute(this.#text, 'aria-invalid', left < 0 ? 'true' : null);
  }

  #submit() {
    const text = this.#text.value.trim();
    const { client, refused, say } = this.#tools;
    if (!text || characterCount(text) > client.limits.noteCharacters) return this.#text.focus();
    const members = { text };
    if (!this.#columns.hidden) members.column = this.#columns.value;
    else members.paper = this.#paper ?? 'sun';
    const answer = client.send('note.add', members);
    this.#text.value = '';
    this.#typed();
    this.#text.focus();
    say(t('composer.added'));
    return answer.catch((error) => refused(error.code, { type: 'note.add', members }));
  }
}
