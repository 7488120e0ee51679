import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { columnName } from './board-model.js';
import { provisionalName } from './board-actions.js';
import { openDialog } from './dialog.js';
import { textField, ticked } from './fields.js';
import { loneNotes, madeClusters, stillThere } from './proposal-model.js';

/**
 * Asks the server how the lone notes may be put together, and shows it to be looked through. Nothing happens to the board before
 * something is accepted, and then by the same commands as by hand (protocol.md, section S).
 */
export async function openProposalDialog(desk) {
  let proposal;
  try {
    proposal = await ask(desk);
  } catch (error) {
    desk.act.tell({ kind: 'refusal', text: t(error.message === '429' ? 'console.proposal.busy' : 'console.proposal.failed') });
    return;
  }
  const lone = loneNotes(desk.state);
  const clusters = stillThere(proposal.clusters, lone);
  if (proposal.board !== desk.state.board || clusters.length === 0) {
    desk.act.tell({ text: t('console.proposal.none') });
    return;
  }
  show(desk, clusters, lone, proposal);
}

/** With the device's secret, which must not stand in an address. */
async function ask({ client }) {
  const response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}/proposal`, { headers: { Authorization: `Bearer ${client.secret}` } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function show(desk, clusters, lone, { alone, beyond }) {
  const rest = [alone.length && t('console.proposal.alone', { count: alone.length }), beyond && t('console.proposal.beyond', { count: beyond })].filter(Boolean).join(' ');
  const cards = clusters.map((cluster, index) => createCard(desk, cluster, { index, count: clusters.length, lone }));
  const made = [];
  const all = el('button', { class: 'button button--small', type: 'button', onclick: () => {
    const want = cards.some((card) => !card.take.checked);
    for (const card of cards) card.take.checked = want;
    renew();
  } });
  const { dialog, say } = openDialog({
    title: t('console.proposal.title', { count: clusters.length }), confirm: t('console.proposal.make', { count: clusters.length }), wide: true,
    body: [
      el('p', { text: t('console.proposal.about') }),
      rest && el('p', { class: 'soft', text: rest }),
      el('div', {}, all),
      el('ol', { class: 'proposals', role: 'list' }, ...cards.map(({ element }) => element)),
    ],
    async submit() {
      const chosen = cards.filter((card) => card.chosen().length > 0);
      if (chosen.length === 0) {
        say(t('console.proposal.choose'));
        return false;
      }
      try {
        for (const card of chosen) await make(desk, card, made);
      } catch (refusal) {
        // What was made stays made, and is not offered again.
        for (const card of [...cards].filter(({ isMade }) => isMade)) {
          cards.splice(cards.indexOf(card), 1);
          card.element.remove();
        }
        renew();
        throw refusal;
      }
      return true;
    },
  });
  dialog.addEventListener('close', () => {
    tellMade(desk, made);
    // With nothing left to propose, the button that had the focus is gone.
    requestAnimationFrame(() => { if (document.activeElement === document.body) document.getElementById('board').focus({ preventScroll: true }); });
  });
  dialog.addEventListener('change', renew);
  // The heading first: a screen reader begins with how many there are, not with the first box.
  dialog.querySelector('.dialog__title').focus();
  renew();

  function renew() {
    for (const card of cards) card.renew();
    setText(all, t(cards.every(({ take }) => take.checked) ? 'console.proposal.take-none' : 'console.proposal.take-all'));
    setText(dialog.querySelector('[type="submit"]'), t('console.proposal.make', { count: cards.filter((card) => card.chosen().length > 0).length }));
  }
}

/** One proposed cluster: whether it is wanted, its name, and which of its notes. */
function createCard(desk, cluster, { index, count, lone }) {
  const take = el('input', { type: 'checkbox', name: 'take' });
  take.checked = true;
  const column = desk.state.structure.columns.length > 1 && desk.state.structure.columns.find(({ id }) => id === cluster.column);
  const words = el('span', { class: 'line__words' });
  const name = textField({ name: 'name', label: t('console.cluster.name'), value: cluster.name, maxlength: 80 });
  const notes = el('fieldset', { class: 'field proposal__notes' }, el('legend', { class: 'field__label', text: t('console.proposal.which') }),
    el('div', { class: 'lines' }, ...cluster.notes.map((id) => {
      const input = el('input', { type: 'checkbox', name: 'notes', value: id });
      input.checked = true;
      return el('label', { class: 'line' }, input, el('span', { class: 'line__words', lang: lone.get(id).language, text: lone.get(id).text }));
    })));
  const details = el('fieldset', { class: 'proposal__details' }, name, notes);
  const element = el('li', { class: 'proposal' }, el('fieldset', {},
    el('legend', { class: 'visually-hidden', text: t('console.proposal.number', { number: index + 1, count }) }),
    el('label', { class: 'line proposal__take' }, take, words), column && el('p', { class: 'soft', text: t('console.proposal.column', { name: columnName(column) }) }), details));
  const control = name.querySelector('input');
  const card = {
    element,
    take,
    isMade: false,
    name: () => control.value.trim(),
    chosen: () => (take.checked ? ticked(notes, 'notes') : []),
    renew() {
      details.disabled = !take.checked;
      setText(words, t('console.proposal.take', { name: card.name() || cluster.name, count: take.checked ? card.chosen().length : cluster.notes.length }));
    },
  };
  control.addEventListener('input', card.renew);
  return card;
}

/** Makes one, of those of its notes that still stand alone. */
async function make(desk, card, made) {
  const lone = loneNotes(desk.state);
  const notes = card.chosen().filter((id) => lone.has(id));
  if (notes.length > 0) {
    const name = card.name() || provisionalName(desk.state);
    await desk.client.send('cluster.create', { name, notes });
    made.push({ name, notes });
  }
  card.isMade = true;
}

/** Says what was made, and offers to take exactly that back, whatever others have done since. */
function tellMade(desk, made) {
  if (made.length === 0) return;
  desk.act.tell({
    text: t('console.proposal.made', { count: made.length }), topic: 'proposal',
    action: { label: t('console.undo'), async act() {
      for (const cluster of madeClusters(made, desk.state)) if (!await desk.act('cluster.dissolve', { cluster })) return;
    } },
  });
}
