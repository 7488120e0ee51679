import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { SpeakerClock, speakerName } from '../components/speaker-clock.js';

/** How many of those who wait are shown. */
const NEXT = 3;

/** Who has the word, with the time, and the three after: large enough for the back row. */
export function createSpeakersScene(client) {
  const clock = new SpeakerClock(() => client.now());
  const word = el('p', { class: 'talk__word' });
  const who = el('p', { class: 'talk__who' });
  const kind = el('p', { class: 'talk__kind' });
  const heading = el('h2', { class: 'talk__next', text: t('hybrid.next') });
  const list = el('ol', { class: 'talk__list' });
  const more = el('p', { class: 'talk__more' });
  const element = el('div', { class: 'talk', role: 'status' }, el('div', { class: 'talk__now' }, word, who, kind, clock.element), el('div', { class: 'talk__queue' }, heading, list, more));
  return {
    element,
    stop: () => clock.update(undefined),
    render({ speakers }) {
      const { current, queue } = speakers;
      clock.update(current);
      setText(word, current ? t('hybrid.now') : queue.length ? t('hybrid.nobody') : t('hybrid.open.empty'));
      setText(who, current ? speakerName(current) : '');
      setText(kind, current ? facts(current) : '');
      who.hidden = kind.hidden = !current;
      heading.parentElement.hidden = queue.length === 0;
      drawQueue(list, queue.slice(0, NEXT));
      const rest = queue.length - NEXT;
      setText(more, rest > 0 ? `+ ${rest}` : '');
      more.hidden = rest <= 0;
    },
  };
}

/** Kind and place; not that somebody was put in by staff, which is for staff and the phone's list to tell. */
const facts = (line) => `${t(`hybrid.kind.${line.kind}`)} · ${t(`hybrid.via.${line.via}`)}${line.proxy ? ` · ${t('hybrid.proxy')}` : ''}`;

function drawQueue(list, lines) {
  reconcile(list, lines, {
    key: ({ id }) => id,
    create: () => el('li', { class: 'talk__line' }, el('span', { class: 'talk__name' }), el('span', { class: 'talk__of' })),
    update: (item, line) => {
      setText(item.firstElementChild, speakerName(line));
      setText(item.lastElementChild, facts(line));
      setAttribute(item, 'data-kind', line.kind);
    },
  });
}

/** The same in the strip, while the wall shows something else. */
export function createSpeakersStrip(client) {
  const clock = new SpeakerClock(() => client.now());
  const who = el('p', { class: 'striptalk__who' });
  const list = el('ol', { class: 'striptalk__list' });
  const element = el('section', { class: 'striptalk', 'aria-label': t('hybrid.speakers.title'), hidden: true }, el('h2', { class: 'striptalk__title', text: t('hybrid.speakers.title') }), who, clock.element, list);
  return {
    element,
    stop: () => clock.update(undefined),
    render({ speakers, session }, isLarge) {
      const isShown = Boolean(speakers) && !isLarge && !session.ended && (speakers.current || speakers.queue.length > 0);
      element.hidden = !isShown;
      clock.update(isShown ? speakers.current : undefined);
      if (!isShown) return;
      setText(who, speakers.current ? speakerName(speakers.current) : t('hybrid.nobody'));
      drawQueue(list, speakers.queue.slice(0, NEXT));
    },
  };
}
