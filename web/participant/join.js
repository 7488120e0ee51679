/** The join page: what it is, what is promised, a name if one likes, and one button. */
import { el } from '../app/dom.js';
import { languageEvents, t } from '../app/i18n.js';
import { Identity } from '../app/identity.js';
import { formatCode, normalizeCode } from '../app/wire.js';
import { icon } from '../icons/icon.js';
import { languageChoice, setTitle, wordmark } from './chrome.js';

/** @param {HTMLElement} root @param {{ code: string }} address @param {Function} go @returns {() => void} to leave */
export function show(root, address, go) {
  const code = normalizeCode(address.code);
  let state = { name: 'loading' };
  let gone = false;
  const draw = () => {
    setTitle(state.door?.title ?? '');
    const content = state.section?.() ?? (state.name === 'open' ? doorForm(state, code, go) : notice(state, code, load));
    root.replaceChildren(el('main', { class: 'welcome', id: 'main' }, wordmark(), content),
      el('footer', { class: 'page-foot' }, languageChoice()));
  };
  const load = async () => {
    state = { name: 'loading' };
    draw();
    state = await lookUp(code, (section) => {
      state = { section };
      if (!gone) draw();
    });
    // Fetched while the promise is read.
    import('./view.js').catch(() => {});
    if (gone) return;
    // This phone has been here: no question twice.
    if (state.door && new Identity(state.door.workshop, 'w').isKnown) go(`/w/${state.door.workshop}`, { replace: true, given: { code } });
    else draw();
  };
  load();
  languageEvents.addEventListener('language', draw);
  return () => {
    gone = true;
    languageEvents.removeEventListener('language', draw);
  };
}

async function lookUp(code, show, proof) {
  if (code.length !== 6) return { name: 'unknown' };
  try {
    const response = await fetch(`/api/doors/${code}`, proof && { headers: { 'samskap-proof': proof } });
    if (response.ok) return { name: 'open', door: await response.json(), proof };
    if (response.status !== 429) return { name: response.status === 404 ? 'unknown' : 'network' };
    return lookUp(code, show, await (await import('./door-work.js')).work(await response.json(), show));
  } catch {
    return { name: 'network' };
  }
}

function notice(state, code, again) {
  if (state.name === 'loading') return el('p', { class: 'soft welcome__form', role: 'status', text: t('join.looking') });
  const isUnknown = state.name === 'unknown';
  return el('section', { class: 'stack welcome__form' },
    el('h1', { text: t(`join.${state.name}.title`, { code: formatCode(code) }) }),
    el('p', { text: t(`join.${state.name}.text`) }),
    isUnknown ? null : el('button', { type: 'button', class: 'button button--primary button--large', onclick: again, text: t('join.again') }),
    el('a', { class: isUnknown ? 'button button--primary button--large' : 'button button--large', href: '/', text: t('join.anotherCode') }));
}

function doorForm({ door, proof }, code, go) {
  const name = el('input', {
    class: 'input', id: 'name', maxlength: '80', autocomplete: 'off', autocapitalize: 'words', enterkeyhint: 'go', 'aria-describedby': 'name-hint',
  });
  const via = (value, symbol) => {
    const input = el('input', { type: 'radio', name: 'via', value });
    input.checked = value === 'room';
    return el('label', { class: 'choice via' }, input, el('span', {}, icon(symbol), t(`join.via.${value}`)));
  };
  const choices = el('fieldset', { class: 'field' }, el('legend', { class: 'field__label', text: t('join.viaLabel') }),
    el('div', { class: 'choices via-choices' }, via('room', 'room'), via('remote', 'home')));
  const shared = el('input', { type: 'checkbox' });
  return el('form', {
    class: 'stack welcome__form', novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      const given = { code, proof, name: name.value.trim(), via: choices.querySelector('input:checked').value, table: shared.checked };
      go(`/w/${door.workshop}`, { replace: true, given });
    },
  },
  el('h1', {}, el('span', { class: 'eyebrow', text: t('join.invited') }), el('span', { lang: door.language, text: door.title })),
  el('ul', { class: 'promises' },
    el('li', {}, icon('people'), el('span', { text: t(`join.anonymity.${door.anonymity}`) })),
    el('li', {}, icon(door.visibility === 'own' ? 'hidden' : 'eye'), el('span', { text: t(`join.visibility.${door.visibility}`) })),
    el('li', {}, icon('lock'), el('span', { text: t('join.noAccount') })),
    el('li', {}, icon('clock'), el('span', { text: t('join.kept', { count: door.keepDays }) }))),
  el('p', { class: 'field' },
    el('label', { class: 'field__label', for: 'name', text: t('join.nameLabel') }), name,
    el('span', { class: 'field__hint', id: 'name-hint', text: t(`join.nameHint.${door.anonymity}`) })),
  choices,
  el('label', { class: 'row' }, shared, t('join.table')),
  el('button', { class: 'button button--primary button--large button--wide', text: t('join.go') }));
}
