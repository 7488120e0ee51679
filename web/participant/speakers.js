import { standing } from '../app/speakers.js';
import { SpeakerClock, speakerFacts, speakerName } from '../components/speaker-clock.js';
import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { askText } from './sheet.js';

/** The list of speakers on a phone: who speaks, asking for the word, and one's place. */
export class SpeakersPanel {
  #context;
  #me = {};
  #speakers = null;
  #clock;
  #said = null;
  #turn = el('div', { class: 'banner banner--good speakers__turn', hidden: true }, icon('spotlight'), el('p', {}));
  #now = el('p', { class: 'speakers__now' });
  #who = el('p', { class: 'speakers__who' });
  #place = el('p', { class: 'speakers__place', hidden: true });
  #shown = el('p', { class: 'speakers__shown soft' });
  #name = el('button', { type: 'button', class: 'button button--small', onclick: () => this.#giveName() });
  #buttons = Object.fromEntries(['speech', 'reply'].map((kind) => [kind, el('button', {
    type: 'button', class: 'button speakers__ask', dataset: { kind }, onclick: () => this.#toggle(kind),
  })]));
  #closed = el('p', { class: 'soft' });
  #list = el('ol', { class: 'speakers__list' });
  #more = el('details', { class: 'speakers__more' }, el('summary'), this.#list);

  constructor(context) {
    this.#context = context;
    this.#clock = new SpeakerClock(() => context.client.now());
    this.element = el('section', { class: 'speakers panel', 'aria-labelledby': 'speakers-title', hidden: true },
      el('h2', { id: 'speakers-title', text: t('hybrid.speakers.title') }), this.#turn,
      el('div', { class: 'speakers__current' }, el('div', {}, this.#now, this.#who), this.#clock.element),
      this.#place, this.#closed,
      el('div', { class: 'speakers__asks' }, this.#buttons.speech, this.#buttons.reply),
      el('div', { class: 'speakers__name' }, this.#shown, this.#name), this.#more);
  }

  draw({ me, may, session, pending }) {
    const speakers = this.#context.client.get('speakers');
    this.#me = me;
    this.#speakers = speakers;
    this.element.hidden = !speakers;
    this.#clock.update(speakers?.current);
    const { isMyTurn, mine, mayReply, mayAsk } = standing(speakers, me);
    this.#tell(isMyTurn, session);
    if (!speakers) return;
    const { current, queue } = speakers;
    this.#turn.hidden = !isMyTurn;
    setText(this.#turn.lastElementChild, t('hybrid.turn.text'));
    setText(this.#now, current ? t('hybrid.now') : t('hybrid.nobody'));
    setText(this.#who, current ? `${speakerName(current)} · ${t(`hybrid.kind.${current.kind}`)}` : '');
    this.#who.hidden = !current;
    const places = ['speech', 'reply'].filter((kind) => mine[kind]).map((kind) => t(`hybrid.place.${kind}`, { place: mine[kind].place, ahead: mine[kind].place - 1 }));
    setText(this.#place, places.join(' '));
    this.#place.hidden = places.length === 0;
    const takesPart = may.signal;
    for (const [kind, button] of Object.entries(this.#buttons)) {
      const isOut = pending.some(({ type, members }) => type.startsWith('speech.') && members.kind === kind);
      button.hidden = !takesPart || !(mine[kind] || (mayAsk && (kind === 'speech' || mayReply)));
      setText(button, t(`hybrid.${mine[kind] ? 'withdraw' : 'ask'}.${kind}`));
      setAttribute(button, 'aria-disabled', isOut && 'true');
      button.classList.toggle('button--primary', !mine[kind] && !isMyTurn && kind === 'speech');
    }
    this.#closed.hidden = mayAsk || !takesPart;
    setText(this.#closed, t('hybrid.drawn'));
    const own = [current, ...queue].find((line) => line && me.asks?.includes(line.id));
    // Before one asks, one is told what all will see.
    this.#shown.parentElement.hidden = !takesPart || !(mayAsk || own);
    setText(this.#shown, own ? t('hybrid.shown.as', { name: speakerName(own) })
      : me.name ? t('hybrid.shown.name', { name: me.name }) : t(`hybrid.shown.nameless.${me.via ?? 'room'}`));
    setText(this.#name, t(me.name ? 'hybrid.name.change' : 'hybrid.name.give'));
    this.#more.hidden = queue.length === 0;
    setText(this.#more.firstElementChild, t('hybrid.queue', { count: queue.length }));
    reconcile(this.#list, queue, {
      key: ({ id }) => id,
      create: () => el('li', { class: 'speakers__line' }, el('span', { class: 'speakers__called' }), el('span', { class: 'soft' })),
      update: (item, line) => {
        setText(item.firstElementChild, speakerName(line));
        setText(item.lastElementChild, speakerFacts(line));
        setAttribute(item, 'data-mine', me.asks?.includes(line.id));
      },
    });
  }

  #toggle(kind) {
    const { mine } = standing(this.#speakers, this.#me);
    if (this.#buttons[kind].getAttribute('aria-disabled') === 'true') return;
    this.#context.act(mine[kind] ? 'speech.withdraw' : 'speech.ask', { kind });
  }

  #giveName() {
    askText({
      title: t('hybrid.name.title'), label: t('join.nameLabel'), value: this.#me.name ?? '', maxlength: 80, button: t('common.save'),
      done: (name) => this.#context.act('me.rename', { name }),
    });
  }

  /** One's turn is said at once, and stands in the page's title until it is over; the place is said when it changes. */
  #tell(isMyTurn, session) {
    const { live } = this.#context;
    if (isMyTurn) document.title = `${t('hybrid.turn.title')} · ${session?.title ?? 'Samskap'}`;
    const { mine } = standing(this.#speakers, this.#me);
    const place = mine.reply?.place ?? mine.speech?.place ?? null;
    const now = isMyTurn ? 'turn' : place;
    if (now === this.#said) return;
    if (isMyTurn) live.announce(t('hybrid.turn.text'));
    else if (place === 1) live.announce(t('hybrid.soon'));
    else if (place !== null && this.#said === null) live.announce(t('hybrid.place.said', { place }));
    this.#said = now;
  }
}
