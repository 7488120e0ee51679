/** Rating one by one: one thing at a time, by typing a number or choosing it on the scale; on a matrix two at once. */
import { el, loadStyles, reconcile, setAttribute, setText } from '../app/dom.js';
import { formatNumber, moreTexts, t } from '../app/i18n.js';
import { numberOn, scalesOf, valueOf } from '../app/rating.js';
import { excerpt } from '../components/note-card.js';

let styles;

/** When its words and its style sheet are here. */
export const ready = () => Promise.all([moreTexts('rate'), styles ??= loadStyles('/participant/rating.css').catch(() => { styles = null; })]);

/** Which way one likes to rate, for as long as the page lives. */
let asList = false;

/**
 * The controls with which one thing gets its number, or its two.
 *
 * Each number can be typed and chosen: the one follows the other. A value is sent when it is whole, and only then.
 */
class Controls {
  element = el('div', { class: 'rate__controls' });
  #scales;
  #inputs;
  #choose;
  #error = el('p', { class: 'rate__error', role: 'alert' });
  #clear;
  #cast;
  #sent;
  #draft = [];

  /** @param {any} vote @param {string} id makes the controls' ids @param {(value: number | null) => void} cast @param {() => void} [onEnter] */
  constructor(vote, id, cast, onEnter, compact = false) {
    this.#scales = scalesOf(vote);
    this.#cast = cast;
    const inputs = this.#scales.map((scale, index) => {
      const inputId = `rate-${id}-${index}`;
      const words = scale.name || t('rate.number');
      const hint = t('rate.range', { low: formatNumber(scale.low), high: formatNumber(scale.high) });
      const ends = scale.lowEnd && scale.highEnd ? t('rate.ends', { low: formatNumber(scale.low), lowEnd: scale.lowEnd, high: formatNumber(scale.high), highEnd: scale.highEnd }) : '';
      const input = el('input', {
        class: 'input input--number numbers rate__input', id: inputId, inputmode: scale.low < 0 ? 'text' : 'numeric', maxlength: 4, autocomplete: 'off', 'aria-describedby': `${inputId}-hint`,
        onchange: () => this.#typed(),
        onkeydown: (event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (this.#typed() && onEnter) {
            if (index + 1 < this.#scales.length && this.#draft[index + 1] === undefined) inputs[index + 1].firstElementChild.nextElementSibling.querySelector('input').focus();
            else onEnter();
          }
        },
      });
      return el('div', { class: 'rate__field' }, el('label', { class: 'rate__label', for: inputId, text: words }),
        el('div', { class: 'rate__typed' }, input, el('span', { class: 'soft', id: `${inputId}-hint`, text: ends || hint })));
    });
    this.#inputs = inputs.map((field) => field.querySelector('input'));
    this.#choose = this.#scales.length === 1 ? this.#scaleChoice(id) : this.#grid(id);
    this.#clear = el('button', { class: 'button button--quiet button--small rate__clear', type: 'button', text: t('participant.takeBackVote'), onclick: () => {
      this.#draft = [];
      this.#cast(null);
      this.#show();
      this.#inputs[0].focus();
    } });
    this.element.classList.toggle('rate__controls--compact', compact);
    this.element.append(el('div', { class: 'rate__fields' }, ...inputs), this.#error, ...(compact ? [] : [this.#choose.element]), this.#clear);
    this.#show();
  }

  /** @param {number | undefined} value that is stored or on its way */
  set(value) {
    if (value === this.#sent) return;
    this.#sent = value;
    this.#draft = value === undefined ? [] : this.#scales.map((scale) => numberOn(scale, value));
    this.#show();
  }

  focus() { this.#inputs[0].focus(); }

  /** Takes what was typed. @returns {boolean} whether all of it can be taken */
  #typed() {
    let isFine = true;
    const draft = this.#inputs.map((input, index) => {
      const text = input.value.trim().replace('−', '-');
      const { low, high } = this.#scales[index];
      const number = Number(text);
      const fits = text === '' || (Number.isInteger(number) && number >= low && number <= high);
      setAttribute(input, 'aria-invalid', fits ? null : 'true');
      if (!fits) {
        isFine = false;
        setText(this.#error, t('rate.invalid', { low: formatNumber(low), high: formatNumber(high) }));
      }
      return fits && text !== '' ? number : undefined;
    });
    if (!isFine) return false;
    this.#take(draft);
    return true;
  }

  #take(draft) {
    this.#draft = draft;
    setText(this.#error, '');
    const isWhole = draft.length === this.#scales.length && draft.every((number) => number !== undefined);
    const value = isWhole ? valueOf(draft) : undefined;
    this.#show();
    if (isWhole && value !== this.#sent) this.#cast(value);
    else if (!isWhole && this.#sent !== undefined && draft.every((number) => number === undefined)) this.#cast(null);
  }

  #show() {
    this.#inputs.forEach((input, index) => {
      const text = this.#draft[index] === undefined ? '' : String(this.#draft[index]);
      if (input.value !== text && (document.activeElement !== input || text !== '')) input.value = text;
      setAttribute(input, 'aria-invalid', null);
    });
    this.#choose.show(this.#draft);
    this.#clear.hidden = this.#draft.every((number) => number === undefined);
  }

  /** The numbers beside one another, as radio buttons. */
  #scaleChoice(id) {
    const [{ low, high }] = this.#scales;
    const element = el('div', { class: 'choices choices--scale', role: 'radiogroup', 'aria-label': t('rate.choose') },
      ...Array.from({ length: high - low + 1 }, (_, index) => el('label', { class: 'choice' },
        el('input', { type: 'radio', name: `rate-choice-${id}`, value: low + index, onchange: () => this.#take([low + index]) }), el('span', { class: 'numbers', text: formatNumber(low + index) }))));
    return { element, show: ([number]) => { for (const input of element.querySelectorAll('input')) input.checked = Number(input.value) === number; } };
  }

  /** A small grid to place it on: arrow keys move, Enter or a touch places (APG: grid). */
  #grid() {
    const [across, up] = this.#scales;
    let at = { x: Math.ceil(across.high / 2), y: Math.ceil(up.high / 2) };
    const cell = (x, y) => element.querySelector(`[data-x="${x}"][data-y="${y}"]`);
    const rest = () => { for (const button of element.querySelectorAll('button')) button.tabIndex = Number(button.dataset.x) === at.x && Number(button.dataset.y) === at.y ? 0 : -1; };
    const rows = Array.from({ length: up.high }, (_, row) => el('div', { class: 'rate__row', role: 'row' }, ...Array.from({ length: across.high }, (__, column) => {
      const [x, y] = [column + 1, up.high - row];
      return el('div', { class: 'rate__cell', role: 'gridcell' }, el('button', {
        type: 'button', class: 'rate__spot', dataset: { x, y }, tabindex: '-1',
        'aria-label': t('rate.spot', { across: across.name, x: formatNumber(x), up: up.name, y: formatNumber(y) }),
        onclick: () => { at = { x, y }; rest(); this.#take([x, y]); },
      }));
    })));
    const element = el('div', { class: 'rate__plane' },
      el('p', { class: 'rate__up soft', 'aria-hidden': 'true', text: `↑ ${up.name}` }),
      el('div', { class: 'rate__grid', role: 'grid', 'aria-label': t('rate.place', { across: across.name, up: up.name }), onkeydown: (event) => {
        const moves = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], Home: [-across.high, 0], End: [across.high, 0], PageUp: [0, up.high], PageDown: [0, -up.high] };
        const move = moves[event.key];
        if (!move) return;
        event.preventDefault();
        at = { x: Math.min(across.high, Math.max(1, at.x + move[0])), y: Math.min(up.high, Math.max(1, at.y + move[1])) };
        rest();
        cell(at.x, at.y).focus();
      } }, ...rows),
      el('p', { class: 'rate__across soft', 'aria-hidden': 'true', text: `${across.name} →` }));
    element.style.setProperty('--steps', across.high);
    rest();
    return {
      element,
      show: ([x, y]) => {
        if (x !== undefined && y !== undefined) { at = { x, y }; rest(); }
        for (const button of element.querySelectorAll('button')) {
          const isHere = Number(button.dataset.x) === x && Number(button.dataset.y) === y;
          setAttribute(button.parentElement, 'aria-selected', isHere ? 'true' : 'false');
          setText(button, isHere ? '●' : '');
        }
      },
    };
  }
}

/** A number or two in a row of the list. */
export const rowControl = (vote, id, cast) => new Controls(vote, `row-${id}`, cast, undefined, true);

/** One thing at a time, with the way to the next and back; what was skipped is named at the end. */
export class OneByOne {
  #context;
  #cast;
  #round = null;
  #target = null;
  #controls = null;
  #options = [];
  #votes = {};
  #isDone = false;
  #asOne = el('button', { type: 'button', class: 'button button--small', onclick: () => this.#mode(false) });
  #asList = el('button', { type: 'button', class: 'button button--small', onclick: () => this.#mode(true) });
  #progress = el('p', { class: 'rate__progress' });
  #meter = el('div', { class: 'rate__meter', 'aria-hidden': 'true' });
  #name = el('h3', { class: 'rate__name', tabindex: '-1' });
  #place = el('p', { class: 'soft rate__place' });
  #notes = el('details', { class: 'ballot__notes' }, el('summary'), el('ul'));
  #holder = el('div');
  #back = el('button', { type: 'button', class: 'button', onclick: () => this.#go(-1) });
  #next = el('button', { type: 'button', class: 'button button--primary', onclick: () => this.#go(1) });
  #card = el('section', { class: 'rate__card' }, this.#progress, this.#meter, this.#place, this.#name, this.#notes, this.#holder,
    el('div', { class: 'rate__steps' }, this.#back, this.#next));
  #doneTitle = el('h3', { class: 'rate__name', tabindex: '-1' });
  #doneText = el('p');
  #skipped = el('ul', { class: 'rate__skipped', role: 'list' });
  #again = el('button', { type: 'button', class: 'button', onclick: () => { this.#isDone = false; this.#show(this.#options[0]); this.#name.focus(); } });
  #done = el('section', { class: 'rate__card' }, this.#doneTitle, this.#doneText, this.#skipped, this.#again);
  element = el('div', { class: 'rate' }, el('div', { class: 'row rate__modes', role: 'group' }, this.#asOne, this.#asList), this.#card, this.#done);
  /** Called when the way of rating is changed. */
  changed = () => {};

  /** @param {any} context @param {(target: string, value: number | null) => void} cast */
  constructor(context, cast) {
    this.#context = context;
    this.#cast = cast;
    setText(this.#asOne, t('rate.one'));
    setText(this.#asList, t('rate.list'));
    this.element.firstElementChild.setAttribute('aria-label', t('rate.way'));
    setText(this.#back, t('rate.back'));
    setText(this.#again, t('rate.again'));
  }

  get isList() { return asList; }

  draw(round, options, votes, session) {
    this.#votes = votes;
    this.#options = options;
    this.#language = session?.language ?? '';
    setAttribute(this.#asOne, 'aria-pressed', String(!asList));
    setAttribute(this.#asList, 'aria-pressed', String(asList));
    if (this.#round?.id !== round.id) {
      this.#round = round;
      this.#target = null;
      this.#isDone = false;
    }
    const current = options.find(({ id }) => id === this.#target) ?? options.find(({ id }) => votes[id] === undefined) ?? options[0];
    this.#card.hidden = asList || this.#isDone || !current;
    this.#done.hidden = asList || !this.#isDone;
    if (current && this.#target !== current.id) this.#show(current);
    else if (current) this.#update(current);
    if (this.#isDone) this.#summary();
  }

  #language = '';

  #mode(list) {
    asList = list;
    this.changed();
  }

  #show(option) {
    this.#target = option.id;
    this.#controls = new Controls(this.#round.vote, option.id, (value) => this.#cast(option.id, value), () => this.#go(1, true));
    this.#holder.replaceChildren(this.#controls.element);
    this.#card.hidden = asList;
    this.#done.hidden = true;
    this.#update(option);
  }

  #update(option) {
    const index = this.#options.indexOf(option);
    setText(this.#progress, t('rate.progress', { number: formatNumber(index + 1), of: formatNumber(this.#options.length) }));
    this.#meter.style.setProperty('--done', `${(100 * (index + 1)) / this.#options.length}%`);
    setText(this.#place, option.column);
    this.#place.hidden = !option.column;
    setText(this.#name, option.name || t('common.unnamedCluster'));
    this.#name.lang = option.note?.language ?? this.#language;
    this.#notes.hidden = !option.notes?.length;
    if (option.notes?.length) {
      setText(this.#notes.firstElementChild, t('participant.showNotes', { count: option.notes.length }));
      reconcile(this.#notes.lastElementChild, option.notes, { key: ({ id }) => id, create: () => el('li'), update: (item, note) => setText(item, note.entry.text) });
    }
    this.#controls.set(this.#votes[option.id]);
    setAttribute(this.#back, 'aria-disabled', index === 0 ? 'true' : null);
    const isLast = index === this.#options.length - 1;
    setText(this.#next, t(this.#votes[option.id] === undefined ? (isLast ? 'rate.skip-last' : 'rate.skip') : isLast ? 'rate.finish' : 'rate.next'));
  }

  #go(by, isTyping = false) {
    const index = this.#options.findIndex(({ id }) => id === this.#target) + by;
    if (index < 0) return;
    if (index >= this.#options.length) {
      this.#isDone = true;
      this.#card.hidden = true;
      this.#done.hidden = false;
      this.#summary();
      this.#doneTitle.focus();
      return;
    }
    this.#show(this.#options[index]);
    // Whoever types goes on typing, and hears what it is about; whoever presses a button is taken to the name.
    if (isTyping) {
      this.#controls.focus();
      this.#context.live.announce(`${this.#progress.textContent}: ${this.#name.textContent}`);
    } else this.#name.focus();
  }

  #summary() {
    const open = this.#options.filter(({ id }) => this.#votes[id] === undefined);
    setText(this.#doneTitle, t('rate.done'));
    setText(this.#doneText, open.length ? t('rate.done-skipped', { count: open.length, rated: formatNumber(this.#options.length - open.length), of: formatNumber(this.#options.length) })
      : t('rate.done-all', { count: this.#options.length }));
    reconcile(this.#skipped, open, {
      key: ({ id }) => id,
      create: (option) => el('li', {}, el('button', { type: 'button', class: 'button button--wide rate__return', onclick: () => { this.#isDone = false; this.#show(option); this.#name.focus(); } })),
      update: (item, option) => setText(item.firstElementChild, excerpt(option.name || t('common.unnamedCluster'))),
    });
  }
}
