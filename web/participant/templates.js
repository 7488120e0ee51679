import { el, loadStyles, setText } from '../app/dom.js';
import { language, moreTexts, t } from '../app/i18n.js';

/** The steps of the co-creation process, in order; 0 are those that fit anywhere. */
const STEPS = [1, 2, 3, 4, 5, 0];
const STYLES = '/participant/templates.css';
/** What is chosen to begin with, where it is there. */
const USUAL = 'idedugnad';

/**
 * Chooses a template: radio buttons by step, of which one step is open at a time until something is searched for. Native
 * controls only: arrows go through what is shown, and what is shown is said. A file of one's own is a choice like the others.
 *
 * The container's `chosen()` then resolves to `{ template }` with an id, `{ definition }`, or null.
 *
 * @param {{ templates: { id: string, minutes: number, step?: number, name: Record<string, string>, description: Record<string, string> }[], usual?: string }} listing
 *   `usual`: which one is chosen to begin with
 * @param {HTMLElement} container whose children this function owns
 * @param {{ read?: (file: File) => Promise<any>, blank?: boolean }} [own] `read` reads a template's file (template-file.js); with `blank`,
 *   one may begin with nothing
 */
export async function showTemplateChoice({ templates, usual: preferred = USUAL }, container, { read, blank } = {}) {
  await Promise.all([moreTexts('templates'), document.querySelector(`link[href="${STYLES}"]`) || loadStyles(STYLES)]);
  const words = (texts) => texts?.[language()] ?? texts?.nb ?? Object.values(texts ?? {})[0] ?? '';
  const usual = templates.find(({ id }) => id === preferred) ?? templates[0];
  const rows = templates.map((template) => ({ ...template, ...row(template, words, template === usual) }));
  const own = read && ownChoices(read, blank);
  const groups = STEPS.map((step) => group(t(`templates.step.${step}`), rows.filter((each) => (each.step ?? 0) === step))).filter(Boolean);
  if (own) groups.push(group(t('templates.own'), own.members));
  const hits = el('p', { class: 'soft', role: 'status' });
  const search = el('input', { class: 'input', type: 'search', id: 'template-search', autocomplete: 'off', enterkeyhint: 'search', oninput: () => filter() });

  function filter() {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { element, members } of groups) {
      let inGroup = 0;
      for (const { label, said, below } of members) {
        label.hidden = !wanted.every((word) => said.includes(word));
        if (below) below.hidden = label.hidden;
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
    groups.flatMap(({ members }) => members).find(({ label }) => !label.hidden && !label.closest('[hidden]'))?.input.focus();
  });
  container.replaceChildren(
    el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'template-search', text: t('templates.search') }), search), hits,
    ...groups.map(({ element }) => element));
  container.chosen = async () => {
    const { value } = container.querySelector('input[name="template"]:checked') ?? {};
    if (value === ':file') return own.file();
    return value === ':blank' ? { definition: blankDefinition() } : value ? { template: value } : null;
  };
  filter();
}

/** Nothing but a board and a first phase. */
const blankDefinition = () => ({
  id: 'blank', name: t('templates.blank'), boards: [{ key: 'board', name: t('templates.blank.board'), structure: 'list' }],
  phases: [{ name: t('templates.blank.phase'), instruction: t('templates.blank.instruction'), board: 'board', minutes: 5, rhythm: 'plenary' }],
});

/** To begin with nothing, and a file of one's own, whose faults are told one by one with their places. */
function ownChoices(read, blank) {
  const choice = (value, name, about, ...more) => {
    const input = el('input', { type: 'radio', name: 'template', value });
    const label = el('label', { class: 'template' }, input, el('span', { class: 'template__body' }, el('strong', { text: t(name) }), el('span', { class: 'template__description', text: t(about) }), ...more));
    return { input, label, said: fold(`${t(name)} ${t(about)}`) };
  };
  const told = el('div', { class: 'template-file__told', role: 'alert' });
  const picker = el('input', { class: 'template-file', type: 'file', accept: '.json,application/json', 'aria-label': t('templates.file.choose'), onchange: () => look() });
  const fileChoice = choice(':file', 'templates.file', 'templates.file-about');
  let definition = null;
  let looking = Promise.resolve();

  function look() {
    fileChoice.input.checked = true;
    looking = (async () => {
      definition = null;
      told.replaceChildren();
      const file = picker.files[0];
      if (!file) return;
      const answer = await read(file);
      definition = answer.definition ?? null;
      if (definition) told.replaceChildren(el('p', { text: t('templates.file.right', { name: file.name }) }));
      else told.replaceChildren(...problem(answer, file.name));
    })();
  }
  const members = [...(blank ? [choice(':blank', 'templates.blank', 'templates.blank-about')] : []), { ...fileChoice, below: el('div', { class: 'template-file__below' }, picker, told) }];
  return {
    members,
    async file() {
      await looking;
      if (!definition) picker.focus();
      return definition && { definition };
    },
  };
}

function problem({ problem: kind, faults = [] }, name) {
  if (kind !== 'faulty') return [el('p', { class: 'form-error', text: t(`templates.file.${kind}`) })];
  return [el('p', { class: 'form-error', text: t('templates.file.faulty', { name, count: faults.length }) }),
    el('ul', { class: 'template-faults' }, ...faults.map(({ place, expectation }) => el('li', {}, el('code', { text: place || '/' }), ' ', el('span', { lang: 'en', text: expectation }))))];
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

let count = 0;

function group(title, members) {
  if (members.length === 0) return null;
  const id = `template-step-${count += 1}`;
  return { members, element: el('details', { class: 'template-step', name: null },
    el('summary', {}, el('h3', { id }, el('span', { text: title }), ' ', members[0].input.value.startsWith(':') ? null : el('span', { class: 'soft numbers', text: t('templates.count', { count: members.length }) }))),
    el('div', { class: 'template-step__list', role: 'group', 'aria-labelledby': id }, ...members.flatMap(({ label, below }) => (below ? [label, below] : [label])))) };
}

/** So that «aktorkart» finds «Aktørkart» and case does not matter. */
const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ø', 'o').replaceAll('æ', 'ae');
