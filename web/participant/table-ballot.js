import { buildOutline } from '../app/outline.js';
import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { formatNumber, refusalText, t } from '../app/i18n.js';
import { targets } from './rules.js';

/** The open round on a table's device: how many at the table gave each value. Counted apart from personal votes. */
export class TableBallot {
  #context;
  #round = null;
  #heads = 0;
  #given = {};
  #title = el('h2');
  #left = el('p', { class: 'ballot__left', role: 'status' });
  #list = el('ol', { class: 'ballot__list', role: 'list' });
  #empty = el('p', { class: 'empty', text: t('participant.ballotEmpty') });
  element = el('section', { class: 'ballot tableballot', hidden: true }, this.#title, el('p', { class: 'soft', text: t('hybrid.ballot.about') }), this.#left, this.#empty, this.#list);

  constructor(context) { this.#context = context; }

  draw({ openRound, may, me, pending, board, notes, clusters, session }) {
    this.element.hidden = !openRound || !may.vote || !me.heads;
    if (this.element.hidden) return;
    const { id, entry, key } = openRound;
    this.#round = { id, ...entry };
    this.#heads = me.heads;
    this.#given = { ...this.#context.client.get(key, 'own')?.table };
    for (const { type, members } of pending) {
      if (type === 'vote.table' && members.round === id) this.#given[members.target] = members.counts;
    }
    const options = targets(entry, buildOutline(entry.board, board, notes.filter((note) => note.entry.visible ?? true), clusters));
    setText(this.#title, entry.title);
    this.#title.lang = session?.language ?? '';
    const { vote } = entry;
    const dots = Object.values(this.#given).reduce((sum, counts) => sum + total(counts), 0);
    setText(this.#left, vote.kind === 'dots' ? t('hybrid.ballot.left', { count: Math.max(0, vote.budget * me.heads - dots), of: vote.budget * me.heads })
      : t('hybrid.ballot.answered', { count: options.filter((option) => total(this.#given[option.id])).length, of: options.length }));
    this.#empty.hidden = options.length > 0;
    reconcile(this.#list, options, {
      key: (option) => `${option.id}/${id}/${vote.kind}`,
      create: (option) => this.#row(option, vote),
      update: (row, option) => this.#update(row, option, session),
    });
  }

  #row(option, vote) {
    const values = vote.kind === 'dots' ? [1] : vote.kind === 'stance' ? [1, -1, 0] : Array.from({ length: vote.high - vote.low + 1 }, (_, index) => vote.low + index);
    const words = { dots: () => t('hybrid.ballot.dots'), stance: (value) => t(`common.stance.${{ 1: 'agree', '-1': 'disagree', 0: 'pass' }[value]}`), scale: formatNumber };
    const name = el('legend', { class: 'ballot__name' });
    const sum = el('p', { class: 'tableballot__sum soft' });
    const inputs = values.map((value) => el('input', {
      class: 'input input--number numbers', id: `table-${option.id}-${value}`, type: 'number', inputmode: 'numeric', min: 0, step: 1,
      dataset: { value }, onchange: () => this.#give(option.id, inputs),
    }));
    const row = el('li', { class: 'ballot__row' }, el('fieldset', { class: 'field' }, name,
      el('div', { class: 'tableballot__values' }, ...inputs.map((input, index) => el('label', { class: 'tableballot__value', for: input.id }, el('span', { text: words[vote.kind](values[index]) }), input))), sum));
    row.parts = { name, sum, inputs };
    return row;
  }

  #update(row, option, session) {
    const { name, sum, inputs } = row.parts;
    const { vote } = this.#round;
    const counts = this.#given[option.id] ?? {};
    setText(name, option.name || t('common.unnamedCluster'));
    name.lang = option.note?.language ?? session?.language ?? '';
    for (const input of inputs) {
      input.max = String(vote.kind === 'dots' ? vote.cap * this.#heads : this.#heads);
      if (document.activeElement !== input) input.value = counts[input.dataset.value] ?? '';
    }
    sum.hidden = vote.kind === 'dots';
    setText(sum, t('hybrid.ballot.sum', { count: total(counts), of: this.#heads }));
    setAttribute(row, 'data-given', total(counts) > 0);
  }

  #give(target, inputs) {
    const counts = {};
    for (const { value, dataset } of inputs) {
      const count = Math.round(Number(value));
      if (Number.isFinite(count) && count > 0) counts[dataset.value] = count;
    }
    const { client, toast } = this.#context;
    client.send('vote.table', { round: this.#round.id, target, counts }).then(() => toast.hide(), ({ code }) => {
      toast.show(code === 'cap-reached' ? t(this.#round.vote.kind === 'dots' ? 'hybrid.ballot.too-many-dots' : 'hybrid.ballot.too-many', { count: this.#heads }) : refusalText(code));
      // What was refused is not shown as given.
      for (const input of inputs) input.value = this.#given[target]?.[input.dataset.value] ?? '';
    });
  }
}

const total = (counts = {}) => Object.values(counts).reduce((sum, count) => sum + count, 0);
