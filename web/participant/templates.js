import { el, loadStyles, setText } from '../app/dom.js';
import { language, moreTexts, t } from '../app/i18n.js';

/** The steps of the co-creation process, in order; 0 are those that fit anywhere. */
const STEPS = [1, 2, 3, 4, 5, 0];
/** What is chosen to begin with, where it is there. */
const USUAL = 'idedugnad';

/**
 * Chooses a template: radio buttons by step, of which one step is open at a time until something is searched for. Native
 * controls only: arrows go through what is shown, and what is shown is said.
 *
 * @param {{ templates: { id: string, minutes: number, step?: number, name: Record<string, string>, description: Record<string, string> }[], usual?: string }} listing
 *   `usual`: which one is chosen to begin with
 * @param {HTMLElement} container whose children this function owns
 */
export async function showTemplateChoice({ templates, usual: preferred = USUAL }, container) {
  await Promise.all([moreTexts('templates'), loadStyles('/participant/templates.css')]);
  const words = (texts) => texts?.[language()] ?? texts?.nb ?? Object.values(texts ?? {})[0] ?? '';
  const usual = templates.find(({ id }) => id === preferred) ?? templates[0];
  const rows = templates.map((template) => ({ ...template, ...row(template, words, template === usual) }));
  const groups = STEPS.map((step) => group(step, rows.filter((each) => (each.step ?? 0) === step))).filter(Boolean);
  const hits = el('p', { class: 'soft', role: 'status' });
  const search = el('input', { class: 'input', type: 'search', id: 'template-search', autocomplete: 'off', enterkeyhint: 'search', oninput: () => filter() });

  function filter() {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { element, members } of groups) {
      let inGroup = 0;
      for (const { label, said } of members) {
        label.hidden = !wanted.every((word) => said.includes(word));
        if (!label.hidden) inGroup += 1;
      }
      element.hidden = inGroup === 0;
      if (wanted.length) element.open = true;
      found += inGroup;
    }
    setText(hits, wanted.length ? t(found ? 'templates.hits' : 'templates.none', { count: found }) : '');
    if (!wanted.length) openOnly(groups.find(({ members }) => members.some(({ input }) => input.checked)));
  }

  const openOnly = (wanted) => { for (const each of groups) each.element.open = each === wanted; };
  // Enter in the search field would send the form; here it goes to the first hit.
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    rows.find(({ label }) => !label.hidden && !label.closest('[hidden]'))?.input.focus();
  });
  container.replaceChildren(
    el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'template-search', text: t('templates.search') }), search), hits,
    ...groups.map(({ element }) => element));
  filter();
}

function row({ id, minutes, name, description }, words, isChosen) {
  const input = el('input', { type: 'radio', name: 'template', value: id });
  input.checked = isChosen;
  const label = el('label', { class: 'template' }, input, el('span', { class: 'template__body' },
    el('strong', { text: words(name) }),
    minutes ? el('span', { class: 'soft', text: t('start.minutes', { count: minutes }) }) : null,
    el('span', { class: 'template__description', text: words(description) })));
  return { input, label, said: fold(`${words(name)} ${words(description)}`) };
}

function group(step, members) {
  if (members.length === 0) return null;
  const id = `template-step-${step}`;
  return { members, element: el('details', { class: 'template-step', name: null },
    el('summary', {}, el('h3', { id }, el('span', { text: t(`templates.step.${step}`) }), ' ', el('span', { class: 'soft numbers', text: t('templates.count', { count: members.length }) }))),
    el('div', { class: 'template-step__list', role: 'group', 'aria-labelledby': id }, ...members.map(({ label }) => label))) };
}

/** So that «aktorkart» finds «Aktørkart» and case does not matter. */
const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ø', 'o').replaceAll('æ', 'ae');
