/** The process at a glance: what it is about, what to do now, and the five steps with what each has and brought about. */
import { formatDate } from '../app/dates.js';
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { byKind } from './model.js';
import { badge, button, itemLink, link } from './parts.js';
import { nextStep } from './next.js';
import { sessionAddress } from './server.js';

/** Items of a kind that are named in the overview; more are a link away. */
const NAMED = 4;

const dialogs = {
  frame: (desk) => import('./frame-dialog.js').then(({ openFrame }) => openFrame(desk)),
  session: (desk, step) => import('./session-dialog.js').then(({ openAddSession }) => openAddSession(desk, step)),
  more: (desk, session) => import('./session-dialog.js').then(({ openSession }) => openSession(desk, session)),
  summary: (desk, step) => import('./frame-dialog.js').then(({ openSummary }) => openSummary(desk, step)),
  item: (desk, given) => import('./item-dialog.js').then(({ openAddItem }) => openAddItem(desk, given)),
  publish: (desk) => import('./publish-dialog.js').then(({ openPublish }) => openPublish(desk)),
};

/** @param {any} desk @returns {HTMLElement[]} */
export function draw(desk) {
  const { state } = desk;
  unfold(desk, state.step);
  return [el('div', { class: 'overview' },
    about(desk, state),
    el('aside', { class: 'overview__side', 'aria-label': t('process.now') }, next(desk, state), publicBox(desk, state)),
    el('div', { class: 'overview__steps' },
      el('h2', { class: 'overview__heading', text: t('process.steps') }),
      stepper(state),
      ...state.steps.map((step) => stepBox(desk, state, step))))];
}

/** The step where we are stands open, and the one we come from is folded; else whoever reads folds as they like. */
function unfold(desk, step) {
  if (desk.unfolded !== undefined && desk.unfolded !== step) {
    document.querySelector(`#step-${desk.unfolded} details`)?.removeAttribute('open');
    document.querySelector(`#step-${step} details`)?.setAttribute('open', '');
  }
  desk.unfolded = step;
}

function about(desk, { challenge, principles, mayRun }) {
  return el('section', { class: 'about', 'aria-labelledby': 'about' },
    el('h2', { class: 'eyebrow', id: 'about', tabindex: '-1', dataset: { title: '' }, text: t('process.challenge') }),
    challenge ? el('p', { class: 'about__challenge', text: challenge }) : el('p', { class: 'empty', text: t('process.challengeEmpty') }),
    principles.length > 0 && el('div', {},
      el('h3', { class: 'eyebrow', text: t('process.principles') }),
      el('ol', { class: 'principles' }, ...principles.map((text) => el('li', { text })))),
    mayRun && el('p', {}, button(t('process.frame.edit'), () => dialogs.frame(desk), { kind: 'small', icon: 'pencil', key: 'frame' })));
}

/** The one best thing to do, and why. Who may not run the process reads where it stands. */
function next(desk, state) {
  const step = { number: state.step, name: t(`process.step.${state.step}`) };
  const head = el('h2', { class: 'eyebrow', tabindex: '-1', text: t('process.now') });
  if (!state.mayRun) return el('section', { class: 'next' }, head, el('p', { text: t(state.ended ? 'process.ended' : 'process.at', step) }));
  const suggestion = nextStep(state);
  const session = state.sessionByID.get(suggestion.session);
  const words = { ...step, title: session?.title ?? '', next: suggestion.step, nextName: t(`process.step.${suggestion.step}`), text: state.byID.get(suggestion.item)?.text ?? '' };
  const acts = {
    challenge: () => dialogs.frame(desk),
    session: () => dialogs.session(desk, state.step),
    analyse: () => desk.go({ session: suggestion.session }),
    produce: () => dialogs.item(desk, { kind: suggestion.kind, step: state.step }),
    decide: () => dialogs.item(desk, { kind: 'decision', step: 5, from: [{ item: suggestion.item }] }),
    summarise: () => dialogs.summary(desk, state.step),
    publish: () => dialogs.publish(desk),
    onward: () => desk.act('step.open', { step: suggestion.step }, { text: t('process.step.opened', { name: words.nextName }) }),
    done: () => dialogs.publish(desk),
  };
  const label = t(`process.next.${suggestion.id}`, words);
  const opens = ['lead', 'collect', 'begin'].includes(suggestion.id);
  return el('section', { class: 'next', dataset: { key: 'now' } }, head,
    el('p', { class: 'next__hint', text: t(`process.next.${suggestion.id}-hint`, words) }),
    opens ? el('a', { class: 'button button--primary button--wide next__button', href: sessionAddress(desk, session), target: '_blank', rel: 'noopener', text: label })
      : button(label, acts[suggestion.id], { kind: 'primary wide', key: 'next' }));
}

function publicBox(desk, { published, mayRun, items }) {
  const address = `/p/${desk.client.workshop}`;
  const shown = items.filter((item) => item.published).length;
  return el('section', { class: 'panel side' },
    el('h2', { class: 'eyebrow', text: t('process.public.title') }),
    el('p', { text: published ? t('process.public.is', { count: shown }) : t('process.public.isNot') }),
    el('div', { class: 'row' },
      published && el('a', { class: 'button button--small', href: address, target: '_blank', rel: 'noopener' }, icon('eye'), el('span', { text: t('process.public.open') })),
      mayRun && button(t('process.public.edit'), () => dialogs.publish(desk), { kind: 'small', key: 'publish' })));
}

/** Where we are, as a row that one can jump from. It says in words what it shows by its look. */
function stepper({ steps, step: at }) {
  return el('ol', { class: 'stepper' }, ...steps.map(({ step, state }) => {
    const how = step === at ? 'current' : state === 'finished' || step < at ? 'finished' : 'waiting';
    const anchor = el('a', { class: 'stepper__step', href: `#step-${step}`, dataset: { state: how }, 'aria-current': how === 'current' ? 'step' : null, onclick: jump },
      el('span', { class: 'stepper__number', 'aria-hidden': 'true' }, how === 'finished' ? icon('check') : String(step)),
      el('span', { class: 'stepper__words' }, el('span', { class: 'stepper__name', text: t(`process.step.${step}`) }), el('span', { class: 'stepper__state', text: t(`process.stepState.${how}`) })));
    return el('li', {}, anchor);
  }));
}

/** The part after # is a secret: jumping leaves it alone. */
function jump(event) {
  event.preventDefault();
  const box = document.getElementById(event.currentTarget.getAttribute('href').slice(1));
  box.querySelector('details').open = true;
  box.scrollIntoView({ block: 'start' });
  box.querySelector('h3').focus({ preventScroll: true });
}

function stepBox(desk, state, { step, heard, done, sessions, items }) {
  const isCurrent = step === state.step;
  const isEmpty = sessions.length === 0 && items.length === 0 && !heard && !done;
  const how = isCurrent ? 'current' : step < state.step ? 'finished' : 'waiting';
  const name = t(`process.step.${step}`);
  return el('section', { class: 'step', id: `step-${step}`, dataset: { key: `step-${step}`, state: how } },
    el('details', { open: isCurrent || null },
      el('summary', { class: 'step__head' },
        el('h3', { class: 'step__title', tabindex: '-1' }, el('span', { class: 'step__number', text: `${step}. ` }), name),
        badge(t(`process.stepState.${how}`), how),
        el('span', { class: 'soft step__sum', text: isEmpty ? t('process.step.empty') : [
          sessions.length > 0 && t('process.sessions', { count: sessions.length }),
          ...byKind(items).map(({ kind, items: some }) => t(`process.kinds.${kind}`, { count: some.length })),
        ].filter(Boolean).join(' · ') })),
      el('div', { class: 'step__body' },
        el('p', { class: 'soft', text: t(`process.step.${step}-about`) }),
        sessions.length > 0 && el('ul', { class: 'sessions', role: 'list' }, ...sessions.map((session) => sessionRow(desk, state, session))),
        state.mayRun && el('p', {}, button(t('process.session.add'), () => dialogs.session(desk, step), { kind: 'small', icon: 'plus', key: `add-${step}`, name: t('process.session.addTo', { name }) })),
        items.length > 0 && produced(desk, items),
        (heard || done) && summary(heard, done),
        el('div', { class: 'row step__acts' },
          state.mayAnalyse && button(t('process.item.add'), () => dialogs.item(desk, { step }), { kind: 'small', icon: 'plus', key: `item-${step}`, name: t('process.item.addTo', { name }) }),
          state.mayRun && button(t(heard || done ? 'process.summary.edit' : 'process.summary.add'), () => dialogs.summary(desk, step), { kind: 'small', icon: 'pencil', key: `summary-${step}`, name: t('process.summary.of', { name }) }),
          state.mayRun && !isCurrent && button(t('process.step.open'), () => desk.act('step.open', { step }, { text: t('process.step.opened', { name }) }), { kind: 'small', key: `open-${step}`, name: t('process.step.openNamed', { name }) })))));
}

function sessionRow(desk, state, session) {
  const { id, title, kind, closesAt, people, notes } = session;
  const facts = [
    t(`process.session.kind.${kind}`),
    people.room + people.remote > 0 && t('process.session.people', { room: people.room, remote: people.remote }),
    notes > 0 && t('process.session.notes', { count: notes }),
    kind === 'collection' && closesAt && t(session.state !== 'planned' && session.state !== 'open' ? 'process.session.closed' : 'process.session.closes', { date: formatDate(closesAt) }),
  ].filter(Boolean).join(' · ');
  return el('li', { class: 'session', dataset: { key: id } },
    el('div', { class: 'session__words' },
      el('h4', { class: 'session__title' }, title, ' ', badge(t(`process.session.state.${session.state}`), session.state)),
      el('p', { class: 'soft', text: facts })),
    el('div', { class: 'row session__acts' },
      state.mayAnalyse && session.state !== 'erased' && el('a', { class: 'button button--small', href: sessionAddress(desk, session), target: '_blank', rel: 'noopener', 'aria-label': t('process.session.openNamed', { title }), text: t('process.session.open') }),
      state.mayAnalyse && link(desk, { session: id }, t('process.session.analyse'), { class: 'button button--small', 'aria-label': t('process.session.analyseNamed', { title }) }),
      state.mayRun && button(t('process.session.more'), () => dialogs.more(desk, id), { kind: 'small quiet', name: t('process.session.moreNamed', { title }), key: `more-${id}` })));
}

function produced(desk, items) {
  return el('div', { class: 'produced' }, ...byKind(items).map(({ kind, items: some }) => el('section', { class: 'produced__kind' },
    el('h4', { class: 'produced__title', text: t(`process.kinds.${kind}`, { count: some.length }) }),
    el('ul', { class: 'produced__list' }, ...some.slice(0, NAMED).map(({ id }) => el('li', {}, itemLink(desk, id)))),
    some.length > NAMED && el('p', {}, link(desk, { view: 'items' }, t('process.item.rest', { count: some.length - NAMED }))))));
}

const summary = (heard, done) => el('div', { class: 'heard' },
  heard && el('div', {}, el('h4', { text: t('process.heard') }), el('p', { class: 'words', text: heard })),
  done && el('div', {}, el('h4', { text: t('process.done') }), el('p', { class: 'words', text: done })));
