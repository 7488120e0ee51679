/** Voting: dots with what is left in words, three answers, or a number; and the result once it is shown. */
import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { buildOutline } from '../app/outline.js';
import { resultRows, voteValues } from '../console/vote-model.js';
import { excerpt } from '../components/note-card.js';
import { showResults } from '../components/results-chart.js';
import { icon } from '../icons/icon.js';
import { targets, votesLeft } from './rules.js';
import { withPendingVotes } from './optimism.js';

export class VoteSection {
  #tools;
  #title = el('h2', { class: 'section__title' });
  #left = el('p', { class: 'votes-left', role: 'status' });
  #list = el('ul', { class: 'ballot', role: 'list' });
  #table = el('table', { class: 'results' });
  element = el('section', { class: 'section vote' }, this.#title, this.#left, this.#list, this.#table);

  constructor(tools) { this.#tools = tools; }

  draw(may, phase) {
    const { client } = this.#tools;
    const rounds = client.entries('round/').filter(({ entry }) => entry.state);
    const open = rounds.findLast(({ entry }) => entry.state === 'open');
    const told = rounds.findLast(({ entry }) => entry.board === phase.board && entry.results);
    const closed = rounds.findLast(({ entry }) => entry.state === 'closed');
    this.element.hidden = !open && !told && !closed;
    this.#list.hidden = !open;
    this.#table.hidden = Boolean(open) || !told;
    if (open) this.#drawOpen(open, may);
    else if (told) this.#drawTold(told.entry);
    else if (closed) {
      setText(this.#title, closed.entry.title);
      setText(this.#left, t('vote.counting'));
      this.#left.hidden = false;
    }
  }

  #outline(boardID) {
    const { client } = this.#tools;
    const notes = client.entries('note/').filter(({ key }) => client.get(key, 'room'));
    return buildOutline(boardID, client.get(`board/${boardID}`), notes, client.entries('cluster/'));
  }

  #drawOpen({ id, entry: round }, may) {
    const { client } = this.#tools;
    const own = client.get(`round/${id}`, 'own')?.votes ?? {};
    const votes = withPendingVotes(own, client.pending, id);
    const isVoter = client.role === 'participant';
    const { left, given } = votesLeft(round, votes);
    const items = targets(round, this.#outline(round.board));
    setText(this.#title, round.title);
    this.#left.hidden = false;
    setText(this.#left, !isVoter ? t('vote.open') : !may.vote ? t('vote.notNow')
      : round.vote.kind === 'dots' ? (left ? t('vote.left', { count: left }) : t('vote.allGiven'))
        : t('vote.answered', { given, count: items.length }));
    const state = { round, votes, left, enabled: isVoter && may.vote, cast: (target, value) => this.#cast(id, target, value) };
    reconcile(this.#list, items, {
      key: (item) => `${item.id}/${round.vote.kind}`,
      create: (item) => createTarget(item, round, id),
      update: (element, item) => updateTarget(element, item, state),
    });
  }

  #cast(round, target, value) {
    const { client, refused } = this.#tools;
    client.send('vote.cast', { round, target, value }).catch((error) => refused(error.code));
  }

  #drawTold(round) {
    setText(this.#title, t('vote.result'));
    this.#left.hidden = true;
    const names = new Map(targets({ vote: { targets: round.vote.targets } }, this.#outline(round.board)).map(({ id, name }) => [id, name]));
    const rows = resultRows(round).filter(({ target }) => round.vote.targets === 'notes' ? target.startsWith('n') : names.has(target));
    showResults(this.#table, {
      caption: round.title, vote: round.vote,
      rows: rows.map((row) => ({ ...row, name: excerpt(names.get(row.target) || this.#tools.client.get(`note/${row.target}`)?.text || t('common.unnamedCluster')) })),
    });
  }
}

function createTarget(item, round, roundID) {
  const name = el('p', { class: 'target__name' });
  const parts = el('p', { class: 'target__notes' });
  const controls = round.vote.kind === 'dots' ? dotControls() : valueControls(item, round, roundID);
  const element = el('li', { class: 'target', dataset: { target: item.id } }, el('div', { class: 'target__what' }, name, parts), controls);
  element.parts = { name, parts, controls };
  return element;
}

function dotControls() {
  const button = (symbol, step) => el('button', {
    type: 'button', class: 'button button--icon dots__button', onclick: ({ currentTarget }) => currentTarget.press(step),
  }, icon(symbol));
  return el('div', { class: 'dots', role: 'group' }, button('minus', -1), el('output', { class: 'dots__count numbers' }), button('plus', 1));
}

function valueControls(item, round, roundID) {
  return el('fieldset', { class: 'choices values' }, el('legend', { class: 'visually-hidden' }), ...voteValues(round.vote).map((value) =>
    el('label', { class: 'choice' }, el('input', { type: 'radio', name: `${roundID}-${item.id}`, value }), el('span'))));
}

function updateTarget(element, item, { round, votes, left, enabled, cast }) {
  const { name, parts, controls } = element.parts;
  const value = votes[item.id];
  const called = item.name || t('common.unnamedCluster');
  setText(name, called);
  setText(parts, item.notes ? t('common.notes', { count: item.notes.length }) : '');
  parts.hidden = !item.notes;
  controls.hidden = !enabled && round.vote.kind === 'dots' && !value;
  if (round.vote.kind === 'dots') {
    const [less, count, more] = controls.children;
    const dots = value ?? 0;
    setAttribute(controls, 'aria-label', excerpt(called));
    setText(count, String(dots));
    setAttribute(count, 'aria-label', t('vote.given', { count: dots }));
    element.dataset.given = dots > 0 ? 'true' : 'false';
    for (const [button, step, label] of [[less, -1, 'vote.less'], [more, 1, 'vote.more']]) {
      const isPossible = enabled && (step < 0 ? dots > 0 : left > 0 && dots < round.vote.cap);
      // Still reachable by keyboard when it can do nothing, so that focus is not lost at the last dot.
      setAttribute(button, 'aria-disabled', isPossible ? null : 'true');
      setAttribute(button, 'aria-label', t(label, { name: excerpt(called) }));
      button.press = (by) => { if (isPossible) cast(item.id, dots + by || null); };
    }
    return;
  }
  setText(controls.firstElementChild, excerpt(called));
  controls.disabled = !enabled;
  for (const label of [...controls.children].slice(1)) {
    const [input, words] = label.children;
    const own = Number(input.value);
    setText(words, round.vote.kind === 'stance' ? t(`vote.stance.${own}`) : String(own));
    input.checked = value === own;
    input.onchange = () => cast(item.id, own);
  }
}
