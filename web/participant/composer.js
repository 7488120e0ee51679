import { PAPERS } from '../components/note-card.js';
import { el, setAttribute, setText } from '../app/dom.js';
import { refusalText, t } from '../app/i18n.js';
import { characterCount } from '../app/wire.js';
import { icon } from '../icons/icon.js';
import { unsentNotes } from './optimism.js';
import { notesLeft } from './rules.js';

/** The count is shown from this many characters before the limit. */
const NEAR = 60;

/** Writes a note: text first; paper and place beside it. A refused text comes back into the field. */
export class Composer {
  #context;
  #board = null;
  #picker = null;
  #loading = null;
  /** Whoever has written has seen the rules; nothing is kept about it. */
  #knowsRules = false;
  #field = el('textarea', {
    class: 'composer__field', id: 'note-text', rows: '1', enterkeyhint: 'send', autocapitalize: 'sentences', 'aria-describedby': 'note-count',
  });
  #send = el('button', { class: 'button button--primary composer__send' }, icon('send'), el('span', { text: t('participant.send') }));
  #count = el('p', { class: 'composer__count numbers', id: 'note-count' });
  #column = el('div', { class: 'composer__column' });
  #papers = el('fieldset', { class: 'papers' }, el('legend', { class: 'visually-hidden', text: t('participant.paper') }));
  #left = el('p', { class: 'composer__left soft' });
  #paperName = el('span', { class: 'papers__name soft', 'aria-hidden': 'true' });

  constructor(context) {
    this.#context = context;
    for (const paper of PAPERS) {
      const input = el('input', { type: 'radio', name: 'paper', value: paper, onchange: () => this.#showPaper() });
      input.checked = paper === PAPERS[0];
      this.#papers.append(el('label', { class: 'paper note-paper', dataset: { paper } }, input,
        el('span', { class: 'paper__sheet', 'aria-hidden': 'true' }, el('span', { class: 'paper-mark' })),
        el('span', { class: 'visually-hidden', text: t(`common.paper.${paper}`) })));
    }
    this.#papers.append(this.#paperName);
    this.element = el('form', {
      class: 'composer', novalidate: true, hidden: true, 'aria-label': t('participant.write'),
      onsubmit: (event) => {
        event.preventDefault();
        this.#submit();
      },
    },
    el('div', { class: 'composer__options' }, this.#column, this.#papers, this.#left),
    el('div', { class: 'composer__row' },
      el('label', { class: 'visually-hidden', for: 'note-text', text: t('participant.write') }), this.#field, this.#send),
    this.#count);
    this.#field.placeholder = t('participant.placeholder');
    this.#field.addEventListener('input', () => this.#measure());
    this.#field.addEventListener('keydown', (event) => {
      // Enter sends, shift and enter makes a new line; while a word is being composed, enter belongs to that.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#showPaper();
  }

  draw({ session, phase, board, may, pending, serverNotes }) {
    this.element.hidden = !may.add;
    if (!may.add) return;
    this.#drawPlaces(board);
    const waiting = unsentNotes(pending, serverNotes).length;
    if (waiting > 0 || serverNotes.some(({ entry }) => entry.mine)) this.#knowsRules = true;
    const left = notesLeft(phase, serverNotes, waiting);
    const pace = session.paceSeconds;
    this.#left.hidden = left === null && !pace;
    setText(this.#left, left === null ? t('participant.pace', { count: pace }) : t('participant.notesLeft', { count: left }));
    this.#field.disabled = false;
    setAttribute(this.#send, 'aria-disabled', left === 0 ? 'true' : null);
    this.isFull = left === 0;
  }

  /** Chooses a place and gives the field the focus. @param {string | null} column */
  async writeIn(column) {
    this.#field.focus();
    await this.#loadPicker();
    if (this.#picker) this.#picker.value = column;
  }

  /** What is written and not sent. */
  get draft() { return this.#field.value; }

  /** Puts a text back that could not be sent, before whatever is in the field. @param {string} text */
  giveBack(text) {
    this.#field.value = this.#field.value.trim() ? `${text}\n${this.#field.value}` : text;
    this.#measure();
  }

  async #submit() {
    const { client, live, toast } = this.#context;
    if (this.#board && !this.#picker) await this.#loadPicker();
    if (this.#board && !this.#picker) return toast.show(refusalText('unavailable'));
    const text = this.#field.value.trim();
    if (!text) {
      this.#field.focus();
      return;
    }
    if (this.isFull) return toast.show(refusalText('too-many-notes'));
    if (characterCount(text) > client.limits.noteCharacters) return toast.show(t('refusal.too-long'));
    if (!this.#knowsRules) return this.#showRules();
    const members = { text };
    if (this.#board) members.column = this.#picker.value;
    if (!this.#papers.hidden) members.paper = this.#papers.querySelector('input:checked').value;
    this.#field.value = '';
    this.#measure();
    toast.hide();
    this.#field.focus();
    try {
      await client.send('note.add', members);
      live.announce(t('participant.sent'));
    } catch ({ code }) {
      toast.show(refusalText(code));
      this.giveBack(text);
    }
  }

  async #showRules() {
    const send = () => {
      this.#knowsRules = true;
      this.#submit();
    };
    // Without a line to fetch them by, what was written is not held up.
    await import('./house-rules.js').then(({ openHouseRules }) => openHouseRules(send)).catch(send);
  }

  /** Where a board has places, one is chosen; what chooses is loaded then, since most boards have none. */
  #drawPlaces(board) {
    this.#board = board?.columns.length ? board : null;
    this.#column.hidden = !this.#board;
    // Where every place has its paper, the paper means the place, and is not the writer's to choose.
    this.#papers.hidden = this.#board !== null && board.columns.every(({ paper }) => paper);
    if (this.#picker && this.#board) this.#picker.draw(board);
    else if (this.#board) this.#loadPicker();
  }

  #loadPicker() {
    this.#loading ??= import('./place-picker.js').then(({ PlacePicker }) => {
      this.#picker = new PlacePicker({ label: t('participant.place'), changed: () => this.#followPlace() });
      this.#column.append(this.#picker.element);
      if (this.#board) this.#picker.draw(this.#board);
    }, () => { this.#loading = null; });
    return this.#loading;
  }

  #followPlace() {
    const paper = this.#board && this.#picker?.paper;
    if (paper) this.#papers.querySelector(`[value="${paper}"]`).checked = true;
    this.#showPaper();
  }

  #showPaper() {
    const paper = this.#papers.querySelector('input:checked').value;
    setText(this.#paperName, t(`common.paper.${paper}`));
    if (this.element) this.element.dataset.paper = paper;
  }

  #measure() {
    const field = this.#field;
    field.style.setProperty('block-size', 'auto');
    field.style.setProperty('block-size', `${field.scrollHeight}px`);
    const limit = this.#context.client.limits.noteCharacters;
    const left = limit - characterCount(field.value);
    setText(this.#count, left > NEAR ? '' : left >= 0 ? t('participant.charactersLeft', { count: left }) : t('participant.charactersOver', { count: -left }));
    this.#count.classList.toggle('composer__count--over', left < 0);
    setAttribute(field, 'aria-invalid', left < 0 ? 'true' : null);
  }
}
