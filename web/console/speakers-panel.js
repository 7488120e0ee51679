import { SpeakerClock, speakerFacts, speakerName } from '../components/speaker-clock.js';
import { createActionMenu } from '../components/action-menu.js';
import { el, reconcile, setAttribute, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { confirmDialog } from './dialog.js';
import { choiceField, numberField, textField, wholeNumber } from './fields.js';
import { icon } from './icons.js';

let stopListening = null;

/**
 * The list of speakers: who has the word, one button for the next that never moves, and the queue. Alt + N presses it from
 * anywhere on the desk. A helper sees the same, and puts in people without a phone.
 */
export function createSpeakers(desk, facilitates) {
  const clock = new SpeakerClock(() => desk.client.now());
  const next = el('button', { class: 'button button--primary button--large button--wide speak__next', type: 'button', 'aria-keyshortcuts': 'Alt+N', 'aria-describedby': 'speakers-key', onclick: callNext });
  const key = el('p', { class: 'soft speak__key', id: 'speakers-key', text: t('console.speakers.key') });
  const word = el('p', { class: 'speak__word' });
  const who = el('p', { class: 'speak__who' });
  const facts = el('p', { class: 'soft speak__facts' });
  const finish = el('button', { class: 'button button--small', type: 'button', text: t('console.speakers.finish'), onclick: () => act('speech.finish', { speech: current().id }) });
  const skip = el('button', { class: 'button button--small button--quiet', type: 'button', text: t('console.speakers.skip'), onclick: () => act('speech.remove', { speech: current().id }) });
  const now = el('div', { class: 'speak__now' }, el('div', { class: 'speak__person' }, word, who, facts), clock.element, facilitates && el('div', { class: 'row speak__acts' }, finish, skip));
  const list = el('ol', { class: 'speak__list', 'aria-label': t('console.speakers.queue') });
  const spoken = el('p', { class: 'soft speak__spoken' });
  const drawn = el('p', { class: 'banner speak__drawn', text: t('console.speakers.drawn') });
  const line = el('button', { class: 'button button--small', type: 'button', onclick: () => set(entry().state === 'open' ? 'drawn' : 'open') });
  const close = el('button', { class: 'button button--small button--quiet', type: 'button', text: t('console.speakers.close'), onclick: closeList });
  const open = el('button', { class: 'button button--wide', type: 'button', text: t('console.speakers.open'), onclick: () => {
    focusNow = next;
    set('open');
  } });
  const about = el('p', { class: 'soft speak__about', text: t('console.speakers.about') });
  const add = createAdd(desk);
  const times = facilitates ? createTimes((seconds) => set(entry()?.state ?? 'open', seconds)) : null;
  const live = el('div', { class: 'speak__live stack' }, facilitates && next, facilitates && key, now, list, add.element, spoken, drawn,
    facilitates && el('div', { class: 'row' }, line, close), times?.element);
  const element = el('section', { class: 'speak', id: 'speakers', 'aria-labelledby': 'speak-title' },
    el('h3', { class: 'now__part', id: 'speak-title', text: t('console.speakers.title') }), facilitates && about, facilitates && open, live);

  const entry = () => desk.state?.speakers;
  const current = () => entry()?.current;
  const act = (type, members) => desk.act(type, members);
  const remembered = { speechSeconds: 0, replySeconds: 0 };
  const set = (state, seconds = entry() ?? remembered) => {
    const { speechSeconds, replySeconds } = Object.assign(remembered, { speechSeconds: seconds.speechSeconds, replySeconds: seconds.replySeconds });
    return act('speakers.set', { state, speechSeconds, replySeconds });
  };
  let calling = null;
  /** What gets the focus once it is there: what was pressed is gone by then. */
  let focusNow = null;

  /** A double press calls one: whoever was called is not in the queue any more, and the button names the next. */
  async function callNext() {
    const first = entry()?.queue[0];
    if (!first || calling === first.id) return;
    calling = first.id;
    await act('speech.call', { speech: first.id });
    calling = null;
  }

  function closeList() {
    const count = entry().queue.length;
    focusNow = open;
    if (!count) return set('closed');
    return confirmDialog({ title: t('console.speakers.close-title'), text: t('console.speakers.close-text', { count }), confirm: t('console.speakers.close'), act: () => desk.client.send('speakers.set', { state: 'closed', speechSeconds: remembered.speechSeconds, replySeconds: remembered.replySeconds }) });
  }

  stopListening?.abort();
  stopListening = new AbortController();
  if (facilitates) document.addEventListener('keydown', (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== 'KeyN' || !entry() || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    callNext();
  }, { signal: stopListening.signal });

  /** What may be done with somebody in the queue. */
  function items({ id, kind, proxy }) {
    const ids = entry().queue.map((one) => one.id);
    const at = ids.indexOf(id);
    const move = (after) => act('speech.move', { speech: id, after });
    return [
      ...(facilitates ? [
        { label: t('console.speakers.call'), act: () => act('speech.call', { speech: id }) },
        ...(at > 1 ? [{ label: t('console.speakers.first'), act: () => move(null) }] : []),
        ...(at > 0 ? [{ label: t('console.speakers.up'), act: () => move(ids[at - 2] ?? null) }] : []),
        ...(at < ids.length - 1 ? [{ label: t('console.speakers.down'), act: () => move(ids[at + 1]) }] : []),
      ] : []),
      ...(facilitates || proxy ? [{ label: t('console.speakers.remove'), act: () => act('speech.remove', { speech: id }) }] : []),
    ];
  }

  return {
    element,
    render({ speakers, session }) {
      element.hidden = session.ended || (!speakers && !facilitates);
      open.hidden = about.hidden = Boolean(speakers);
      live.hidden = !speakers;
      clock.update(speakers?.current);
      if (focusNow && !focusNow.closest('[hidden]')) {
        focusNow.focus();
        focusNow = null;
      }
      if (!speakers) return;
      Object.assign(remembered, { speechSeconds: speakers.speechSeconds, replySeconds: speakers.replySeconds });
      const { queue } = speakers;
      setText(next, queue.length ? t('console.speakers.next', { name: speakerName(queue[0]) }) : t('console.speakers.next-none'));
      // Not disabled: it keeps the focus for the next one who asks.
      setAttribute(next, 'aria-disabled', queue.length === 0 && 'true');
      setText(word, speakers.current ? t('hybrid.now') : t('hybrid.nobody'));
      setText(who, speakers.current ? speakerName(speakers.current) : '');
      setText(facts, speakers.current ? speakerFacts(speakers.current) : '');
      who.hidden = facts.hidden = finish.hidden = skip.hidden = !speakers.current;
      reconcile(list, queue, {
        key: ({ id }) => id,
        create: () => {
          const row = el('li', { class: 'speak__line' });
          const menu = createActionMenu({ face: icon('more'), className: 'button button--quiet button--icon', items: () => items(row.item) });
          row.append(el('span', { class: 'speak__name' }), el('span', { class: 'soft speak__of' }), menu);
          row.parts = { menu };
          return row;
        },
        update: (row, one) => {
          row.item = one;
          setText(row.children[0], speakerName(one));
          setText(row.children[1], speakerFacts(one));
          setAttribute(row, 'data-kind', one.kind);
          setAttribute(row.parts.menu, 'aria-label', t('console.speakers.menu', { name: speakerName(one) }));
          row.parts.menu.hidden = !facilitates && !one.proxy;
        },
      });
      list.hidden = queue.length === 0;
      setText(spoken, t('console.speakers.spoken', speakers.spoken));
      spoken.hidden = speakers.spoken.room + speakers.spoken.remote === 0;
      drawn.hidden = speakers.state !== 'drawn';
      setText(line, t(speakers.state === 'open' ? 'console.speakers.draw' : 'console.speakers.undraw'));
      add.render(speakers);
      times?.render(speakers);
    },
  };
}

/** Puts in people without a phone: a name, Enter, and the field is ready for the next. */
function createAdd(desk) {
  const name = textField({ name: 'speaker', label: t('console.speakers.name'), maxlength: 80 });
  const options = (key, values) => values.map((value) => ({ value, label: t(`hybrid.${key}.${value}`) }));
  const kind = choiceField({ name: 'speaker-kind', legend: t('console.speakers.kind'), value: 'speech', options: options('kind', ['speech', 'reply']) });
  const via = choiceField({ name: 'speaker-via', legend: t('console.speakers.via'), value: 'room', options: options('via', ['room', 'remote']) });
  const form = el('form', { class: 'stack speak__form' }, name, kind, via, el('button', { class: 'button', type: 'submit', text: t('console.speakers.put') }));
  const chosen = (field) => form.querySelector(`input[name="${field}"]:checked`).value;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = form.elements.speaker.value.trim();
    form.elements.speaker.focus();
    if (!text) return;
    form.elements.speaker.value = '';
    if (!await desk.act('speech.add', { name: text, kind: chosen('speaker-kind'), via: chosen('speaker-via') }) && !form.elements.speaker.value) form.elements.speaker.value = text;
  });
  return {
    element: el('details', { class: 'speak__add', open: desk.client.role === 'helper' }, el('summary', { text: t('console.speakers.add') }), form),
    render({ current }) {
      // One replies to somebody.
      kind.hidden = !current;
      if (!current) form.querySelector('input[name="speaker-kind"]').checked = true;
    },
  };
}

function createTimes(save) {
  const field = (name) => numberField({ name, label: t(`console.speakers.${name}-time`), value: 0, min: 0, max: 3600 });
  const form = el('form', { class: 'stack speak__form' }, el('p', { class: 'soft', text: t('console.speakers.time-hint') }), field('speech'), field('reply'), el('button', { class: 'button', type: 'submit', text: t('console.speakers.save') }));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save({ speechSeconds: wholeNumber(form, 'speech'), replySeconds: wholeNumber(form, 'reply') });
  });
  let shown = '';
  return {
    element: el('details', { class: 'speak__times' }, el('summary', { text: t('console.speakers.times') }), form),
    render({ speechSeconds, replySeconds }) {
      const now = `${speechSeconds}/${replySeconds}`;
      if (now === shown) return;
      shown = now;
      form.elements.speech.value = String(speechSeconds);
      form.elements.reply.value = String(replySeconds);
    },
  };
}
