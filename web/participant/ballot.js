import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';
import { buildOutline } from '../app/outline.js';
import { excerpt } from '../components/note-card.js';
import { icon } from '../icons/icon.js';
import { withPendingVotes } from './optimism.js';
import { targets, votesLeft } from './rules.js';

const STANCES = [['agree', 1], ['disagree', -1], ['pass', 0]];

/** The open round: what is voted on, and one's own votes, which nobody else is shown. */
export class Ballot {
  #context;
  #round = null;
  #votes = {};
  #title = el('h2');
  #left = el('p', { class: 'ballot__left', role: 'status' });
  #dots = el('span', { class: 'dots', 'aria-hidden': 'true' });
  #list = el('ol', { class: 'ballot__list', role: 'list' });
  #empty = el('p', { class: 'empty', text: t('participant.ballotEmpty') });
  element = el('section', { class: 'ballot', hidden: true }, this.#title,
    el('p', { class: 'soft', text: t('participant.ballotSecret') }),
    el('div', { class: 'ballot__head' }, this.#left, this.#dots), this.#empty, this.#list);

  constructor(context) { this.#context = context; }

  draw({ openRound, may, me, pending, board, notes, clusters, session }) {
    // A table says how many gave what (table-ballot.js).
    this.element.hidden = openRound === null || !may.vote || Boolean(me.heads);
    if (this.element.hidden) return;
    const { id, entry } = openRound;
    this.#round = { id, ...entry };
    const { vote } = entry;
    this.#votes = withPendingVotes(this.#context.client.get(openRound.key, 'own')?.votes ?? {}, pending, id);
    const visible = notes.filter((note) => note.entry.visible ?? true);
    const options = targets(entry, buildOutline(entry.board, board, visible, clusters));
    const { left, given } = votesLeft(entry, this.#votes);
    setText(this.#title, entry.title);
    this.#title.lang = session?.language ?? '';
    setText(this.#left, vote.kind === 'dots' ? t(left ? 'participant.votesLeft' : 'participant.votesSpent', { count: left })
      : t('participant.answered', { count: given, of: options.length }));
    this.#drawDots(vote, left, given);
    this.#empty.hidden = options.length > 0;
    reconcile(this.#list, options, {
      key: (option) => `${option.id}/${id}/${vote.kind}`,
      create: (option) => this.#row(option, vote),
      update: (row, option) => this.#update(row, option, vote, left, session),
    });
  }

  #drawDots(vote, left, given) {
    this.#dots.hidden = vote.kind !== 'dots' || vote.budget > 12;
    if (this.#dots.hidden) return;
    reconcile(this.#dots, Array.from({ length: vote.budget }, (_, index) => index), {
      key: String, create: () => el('span', { class: 'dot' }), update: (dot, index) => dot.classList.toggle('dot--given', index < given),
    });
  }

  #row(option, vote) {
    const name = el('p', { class: 'ballot__name', id: `target-${option.id}` });
    const more = option.notes && el('details', { class: 'ballot__notes' }, el('summary'), el('ul'));
    const control = vote.kind === 'dots' ? this.#dotControl(option) : this.#choiceControl(option, vote);
    const row = el('li', { class: 'ballot__row', dataset: { kind: vote.kind } }, el('div', { class: 'ballot__what' }, el('p', { class: 'ballot__place soft' }), name, more), control);
    row.parts = { name, more, control, place: row.querySelector('.ballot__place') };
    return row;
  }

  #update(row, option, vote, left, session) {
    const { name, more, control, place } = row.parts;
    setText(name, option.name || t('common.unnamedCluster'));
    setText(place, option.column);
    place.hidden = !option.column;
    for (const element of [name, place]) element.lang = option.note?.language ?? session?.language ?? '';
    name.classList.toggle('ballot__name--cluster', option.notes !== null);
    if (more) {
      more.hidden = option.notes.length === 0;
      setText(more.firstElementChild, t('participant.showNotes', { count: option.notes.length }));
      reconcile(more.lastElementChild, option.notes, { key: ({ id }) => id, create: () => el('li'), update: (item, note) => setText(item, note.entry.text) });
    }
    const value = this.#votes[option.id];
    setAttribute(row, 'data-given', value !== undefined);
    if (vote.kind === 'dots') this.#updateDots(control, option, value ?? 0, vote, left);
    else this.#updateChoice(control, value);
  }

  #cast(target, value) { this.#context.act('vote.cast', { round: this.#round.id, target, value }); }

  #dotControl(option) {
    const step = (by) => {
      const value = this.#votes[option.id] ?? 0;
      const { left } = votesLeft(this.#round, this.#votes);
      const { live } = this.#context;
      if (by > 0 && left === 0) return live.announce(t('participant.votesSpent', { count: 0 }));
      if (by > 0 && value >= this.#round.vote.cap) return live.announce(t('participant.capReached', { count: this.#round.vote.cap }));
      if (value + by < 0) return undefined;
      return this.#cast(option.id, value + by === 0 ? null : value + by);
    };
    return el('div', { class: 'stepper', role: 'group', 'aria-labelledby': `target-${option.id}` },
      el('button', { type: 'button', class: 'button button--icon stepper__button', onclick: () => step(-1) }, icon('minus')),
      el('output', { class: 'stepper__value numbers' }),
      el('button', { type: 'button', class: 'button button--icon stepper__button', onclick: () => step(1) }, icon('plus')));
  }

  #updateDots(control, option, value, vote, left) {
    const [less, output, more] = control.children;
    const name = excerpt(option.name || t('common.unnamedCluster'));
    setText(output, formatNumber(value));
    setAttribute(output, 'aria-label', t('participant.votesGiven', { count: value }));
    setAttribute(less, 'aria-label', t('participant.voteLess', { name }));
    setAttribute(more, 'aria-label', t('participant.voteMore', { name }));
    // Greyed out but not disabled: a disabled button would drop the focus under one's finger.
    setAttribute(less, 'aria-disabled', value === 0 ? 'true' : null);
    setAttribute(more, 'aria-disabled', left === 0 || value >= vote.cap ? 'true' : null);
  }

  #choiceControl(option, vote) {
    const values = vote.kind === 'stance' ? STANCES.map(([word, value]) => [t(`common.stance.${word}`), value])
      : Array.from({ length: vote.high - vote.low + 1 }, (_, index) => [formatNumber(vote.low + index), vote.low + index]);
    const group = el('div', { class: 'ballot__choice' });
    const radios = el('div', { class: `choices choices--${vote.kind}`, role: 'radiogroup', 'aria-labelledby': `target-${option.id}` }, ...values.map(([label, value]) => el('label', { class: 'choice' },
      el('input', { type: 'radio', name: `vote-${this.#round.id}-${option.id}`, value, onchange: () => this.#cast(option.id, value) }),
      el('span', { class: vote.kind === 'scale' ? 'numbers' : null, text: label }))));
    const ends = vote.kind === 'scale' ? el('p', { class: 'ballot__ends soft' },
      el('span', { text: t('participant.scaleLow', { value: vote.low }) }), el('span', { text: t('participant.scaleHigh', { value: vote.high }) })) : null;
    const clear = el('button', {
      type: 'button', class: 'button button--quiet button--small ballot__clear', text: t('participant.takeBackVote'),
      'aria-label': t('participant.takeBackVoteOf', { name: excerpt(option.name) }), onclick: () => {
        this.#cast(option.id, null);
        radios.querySelector('input').focus();
      },
    });
    group.append(radios, ...(ends ? [ends] : []), clear);
    return group;
  }

  #updateChoice(control, value) {
    for (const input of control.querySelectorAll('input')) input.checked = value !== undefined && Number(input.value) === value;
    control.lastElementChild.hidden = value === undefined;
  }
}
