/** What everybody may see of a process: what was heard, what is done with it, and what became of it. Reads and prints like a letter. */
import { el } from '../app/dom.js';
import { availableLanguages, language, languageEvents, switchLanguage, t } from '../app/i18n.js';
import { byKind, readItems } from './model.js';
import { publicPage } from './server.js';

/** @param {HTMLElement} main @param {string} workshop */
export async function showPublic(main, workshop) {
  main.classList.add('public');
  let page = null;
  let problem = null;
  const draw = () => {
    main.setAttribute('aria-busy', 'false');
    document.title = page ? `${page.title} · Samskap` : 'Samskap';
    main.replaceChildren(...(page ? letter(page) : nothing(problem, again)), foot());
  };
  const again = async () => {
    try {
      page = await publicPage(workshop);
      problem = null;
    } catch (refusal) {
      problem = refusal.code;
    }
    draw();
  };
  document.getElementById('gate').hidden = true;
  languageEvents.addEventListener('language', draw);
  await again();
}

/** Not published yet, or no line: kindly said, with something to do. */
function nothing(problem, again) {
  const isNone = problem === 'not-found';
  return [el('div', { class: 'public__none' },
    el('h1', { text: t(isNone ? 'process.public.noneTitle' : 'process.public.failedTitle') }),
    el('p', { text: t(isNone ? 'process.public.noneText' : 'process.public.failedText') }),
    el('p', { class: 'row' }, el('button', { class: 'button', type: 'button', text: t('process.public.again'), onclick: again }), el('a', { class: 'button', href: '/', text: t('process.public.start') })))];
}

function letter({ title, language: tongue, challenge, principles = [], step, steps: told = [], items: some = [] }) {
  const items = readItems(some.map(({ item, from, ...entry }) => ({ id: item, entry: { ...entry, from: from.map((origin) => ({ item: origin })) } })));
  const steps = told.map((each) => ({ ...each, ...sums(each.sessions ?? []) }));
  const byID = new Map(items.map((item) => [item.id, item]));
  const at = steps.find((each) => each.step === step);
  const people = steps.reduce((sum, { room, remote }) => sum + room + remote, 0);
  const notes = steps.reduce((sum, each) => sum + each.notes, 0);
  const content = { lang: tongue === language() ? null : tongue };
  return [
    el('header', { class: 'public__head' },
      el('p', { class: 'eyebrow', text: t('process.public.eyebrow') }),
      el('h1', { ...content, text: title }),
      challenge && el('p', { class: 'public__challenge', ...content, text: challenge }),
      at && el('p', { class: 'public__at' }, el('strong', { text: t('process.at', { number: step, name: t(`process.step.${step}`) }) }),
        people + notes > 0 && el('span', { class: 'soft', text: ` ${t('process.public.sum', { people, notes })}` }))),
    ...steps.map((each) => stepPart(each, items.filter((item) => item.step === each.step), byID, content, step)).filter(Boolean),
    principles.length > 0 && el('section', { class: 'public__part' }, el('h2', { text: t('process.public.principles') }), el('ol', { class: 'principles', ...content }, ...principles.map((text) => el('li', { text })))),
  ].filter(Boolean);
}

/** How many took part in a step's sessions, and wrote. */
const sums = (sessions) => ({
  room: sessions.reduce((sum, { people }) => sum + people.room, 0), remote: sessions.reduce((sum, { people }) => sum + people.remote, 0),
  notes: sessions.reduce((sum, { notes }) => sum + notes, 0),
});

function stepPart({ step, heard, done, room, remote, notes, sessions = [] }, items, byID, content, at) {
  const said = heard || done || items.length > 0;
  if (!said && step > at) return null;
  return el('section', { class: 'public__part', 'aria-labelledby': `part-${step}` },
    el('h2', { id: `part-${step}`, text: `${step}. ${t(`process.step.${step}`)}` }),
    room + remote + notes > 0 && el('p', { class: 'soft public__counts', text: [
      sessions.length > 0 && t('process.sessions', { count: sessions.length }), room + remote > 0 && t('process.session.people', { room, remote }), notes > 0 && t('process.session.notes', { count: notes }),
    ].filter(Boolean).join(' · ') }),
    !said && el('p', { class: 'soft', text: t('process.public.soon') }),
    heard && el('div', {}, el('h3', { text: t('process.heard') }), el('p', { class: 'words', ...content, text: heard })),
    done && el('div', {}, el('h3', { text: t('process.done') }), el('p', { class: 'words', ...content, text: done })),
    ...byKind(items).map(({ kind, items: some }) => el('div', { class: 'public__kind' }, el('h3', { text: t(`process.kinds.${kind}`, { count: some.length }) }),
      el('ul', { class: 'public__items' }, ...some.map((item) => itemPart(item, byID, content))))));
}

function itemPart(item, byID, content) {
  const { id, kind, text, fields, state, to, notes } = item;
  const fate = [
    kind === 'decision' && fields?.outcome && t(`process.outcome.${fields.outcome}`),
    state !== 'open' && t(`process.state.${state}`),
  ].filter(Boolean);
  return el('li', { class: 'public__item', id: `item-${id}` },
    el('p', { class: 'public__text', ...content }, fate.length > 0 && el('strong', { class: 'fate', text: `${fate.join(', ')}: `, lang: language() }), text),
    kind === 'decision' && fields?.why && el('p', { ...content, text: fields.why }),
    notes > 0 && el('p', { class: 'soft', text: t('process.public.behind', { count: notes }) }),
    to.some((each) => byID.has(each)) && el('p', { class: 'public__to' }, el('span', { class: 'soft', text: `${t('process.to.of')} ` }),
      ...to.filter((each) => byID.has(each)).flatMap((each, index) => [index > 0 && ', ', el('a', { href: `#item-${each}`, ...content, text: `${t(`process.kind.${byID.get(each).kind}`)}: ${byID.get(each).text}` })]).filter(Boolean)));
}

function foot() {
  const choice = el('fieldset', { class: 'public__languages' }, el('legend', { class: 'visually-hidden', text: t('common.language') }), ...availableLanguages().map(({ tag, name }) => el('button', {
    class: 'button button--quiet button--small', type: 'button', lang: tag, text: name, 'aria-pressed': String(tag === language()), onclick: () => switchLanguage(tag),
  })));
  return el('footer', { class: 'public__foot' }, el('p', { class: 'soft', text: t('process.public.foot') }),
    el('div', { class: 'row public__acts' }, el('button', { class: 'button button--small', type: 'button', text: t('process.public.print'), onclick: () => print() }), choice));
}
