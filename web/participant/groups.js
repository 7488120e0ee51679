/**
 * Groups on a phone (protocol.md, J): which one is one's own and who else is in it, the choice where each chooses, and which notes go
 * on to the next group or to everybody. Loaded when there is need of it.
 */
import { excerpt } from '../components/note-card.js';
import { el, loadStyles, reconcile, setAttribute, setText } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { bringable, goesOn, groupName, others } from './group-rules.js';

let styles;

export class Groups {
  #context;
  #seen;
  #number = el('p', { class: 'group__number numbers', 'aria-hidden': 'true' });
  #title = el('h2', { class: 'group__name', id: 'group-title' });
  #with = el('p', { class: 'group__with' });
  #where = el('p', { class: 'soft' });
  #choice = el('ul', { class: 'group__choice', role: 'list' });
  #hint = el('p', { class: 'group__hint' });
  #list = el('ul', { class: 'group__notes', role: 'list' });
  #before = el('div', { class: 'group__before' }, el('h3', { tabindex: '-1' }), this.#list);
  element = el('section', { class: 'group', 'aria-labelledby': 'group-title', hidden: true },
    el('div', { class: 'group__head' }, this.#number, el('div', {}, this.#title, this.#with, this.#where)), this.#choice, this.#hint, this.#before);

  /** Loads what it needs. @param {any} context @returns {Promise<Groups>} */
  static async make(context) {
    await Promise.all([moreTexts('groups'), styles ??= loadStyles('/participant/groups.css')]);
    return new Groups(context);
  }

  constructor(context) {
    this.#context = context;
    context.more = (id, entry, phase) => this.#more(id, entry, phase);
  }

  draw({ phase, me, notes, may, session }) {
    const { client, live } = this.#context;
    const id = me.group;
    const group = id && client.get(`group/${id}`);
    const isChoice = phase.grouping?.how === 'choice' && !session.ended;
    const before = bringable(notes, phase, may);
    this.element.hidden = !phase.grouping && before.length === 0 && !(goesOn(phase) && may.add && notes.some(({ entry }) => entry.phase === phase.id && entry.mine));
    if (this.element.hidden) return;
    this.#drawGroup(phase, id, group, me, isChoice);
    this.#drawChoice(isChoice, id);
    const chosen = notes.filter(({ entry }) => entry.phase === phase.id && entry.raised).length;
    const choosing = goesOn(phase) && may.add && notes.some(({ entry }) => entry.phase === phase.id && (entry.mine || entry.ours));
    this.#hint.hidden = !choosing;
    if (choosing) setText(this.#hint, chosen ? t('groups.chosen', { count: chosen }) : t(phase.grouping ? 'groups.choose-notes' : 'groups.choose-own'));
    this.#drawBefore(before, phase);
    // Whose group has become another hears it; when the page is loaded the heading says it.
    if (group) {
      const now = `${id} ${phase.id}`;
      if (this.#seen && this.#seen !== now) live.announce(`${this.#title.textContent}. ${this.#with.textContent}`);
      this.#seen = now;
    }
  }

  #drawGroup(phase, id, group, me, isChoice) {
    const head = this.#number.parentElement;
    head.hidden = !phase.grouping;
    this.#number.hidden = !group;
    setText(this.#number, group ? String(group.number) : '');
    setText(this.#title, !phase.grouping ? t('groups.goes-on-title') : group ? t('groups.yours', { name: groupName(group, phase) }) : t(isChoice ? 'groups.choose' : 'groups.none'));
    setText(this.#with, group ? others(group, me) : phase.grouping && !isChoice ? t('groups.none-text') : '');
    this.#with.hidden = !this.#with.textContent;
    setText(this.#where, group && group.size > 1 ? t(phase.grouping.tables ? 'groups.find-table' : 'groups.find', { number: group.number }) : '');
    this.#where.hidden = !this.#where.textContent;
  }

  #drawChoice(isChoice, own) {
    const { client, act } = this.#context;
    this.#choice.hidden = !isChoice;
    if (!isChoice) return;
    const phase = client.get('phase');
    reconcile(this.#choice, client.entries('group/').filter(({ entry }) => entry.phase === phase.id), {
      key: ({ id }) => id,
      create: () => el('li', {}, el('button', {
        type: 'button', class: 'button group__option',
        onclick: ({ currentTarget: { item } }) => act('group.choose', { group: item.id === client.get('me', 'own')?.group ? null : item.id }),
      }, el('strong'), el('span', { class: 'soft' }))),
      update: (row, item) => {
        const [button] = row.children;
        button.item = item;
        const isOwn = item.id === own;
        setAttribute(button, 'aria-pressed', String(isOwn));
        setText(button.firstElementChild, groupName(item.entry, phase));
        setText(button.lastElementChild, [t('groups.people', { count: item.entry.size }), item.entry.empty && t('groups.none-yet'), isOwn && t('groups.own')].filter(Boolean).join(' · '));
      },
    });
  }

  /** What one has from before, and may bring here. */
  #drawBefore(before, phase) {
    const { act } = this.#context;
    this.#before.hidden = before.length === 0;
    setText(this.#before.firstElementChild, t(phase.grouping ? 'groups.bring-group' : 'groups.bring-all', { count: before.length }));
    const hadFocus = this.#list.contains(document.activeElement);
    reconcile(this.#list, before, {
      key: ({ id }) => id,
      create: () => {
        const row = el('li', { class: 'group__note' }, el('span'), el('button', {
          type: 'button', class: 'button button--small', text: t('groups.bring'), onclick: () => act('notes.raise', { notes: [row.item.id], raised: true }),
        }));
        return row;
      },
      update: (row, item) => {
        row.item = item;
        setText(row.firstElementChild, item.entry.text);
        setAttribute(row.firstElementChild, 'lang', item.entry.language);
        setAttribute(row.lastElementChild, 'aria-label', t('groups.bring-note', { text: excerpt(item.entry.text) }));
      },
    });
    // The note that was brought goes from here; the heading takes the focus when nothing is left to bring.
    if (hadFocus && !this.#list.contains(document.activeElement)) (this.#list.querySelector('button') ?? this.#title).focus();
  }

  /** What a note's card says and offers beside the usual. */
  #more(id, entry, phase) {
    const badges = [];
    if (entry.group && phase.visibility !== 'group') badges.push({ id: 'group', icon: 'people', text: groupName(entry.group, {}) });
    if (entry.from?.length) badges.push({ id: 'from', icon: 'back', text: t('groups.from') });
    const isHere = entry.phase === phase.id && goesOn(phase) && !phase.revealed && !entry.pendingState;
    if (entry.raised && entry.phase === phase.id) badges.push({ id: 'raised', icon: 'check', strong: true, text: t('groups.goes-on') });
    const mayChoose = isHere && (entry.mine || entry.ours);
    return {
      badges,
      actions: mayChoose ? [{
        id: 'raise', label: t('groups.raise'), name: t('groups.raise-note', { text: excerpt(entry.text) }), icon: 'check', pressed: Boolean(entry.raised),
        act: () => this.#context.act('notes.raise', { notes: [id], raised: !entry.raised }),
      }] : [],
    };
  }
}
