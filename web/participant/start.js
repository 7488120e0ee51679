/** The start page: type a code; or, with the operator's start secret after `#`, make a workshop. */
import { el } from '../app/dom.js';
import { availableLanguages, language, languageEvents, t } from '../app/i18n.js';
import { formatCode, normalizeCode } from '../app/wire.js';
import { icon } from '../icons/icon.js';
import { languageChoice, setTitle, wordmark } from './chrome.js';

/** @param {HTMLElement} root @param {{ start?: string }} address @param {Function} go @returns {() => void} to leave */
export function show(root, address, go) {
  const draw = () => {
    setTitle('');
    const main = el('main', { class: 'welcome', id: 'main' }, wordmark(), codeForm(go));
    if (address.start) {
      const form = createForm(address.start, main);
      main.append(form);
      import('./process-form.js').then(({ offerProcess }) => offerProcess(form, {
        secret: address.start, created: (answer, title) => showCreated(main, answer, title),
      })).catch(() => { /* a workshop can be made all the same */ });
    }
    root.replaceChildren(main, el('footer', { class: 'page-foot' }, languageChoice()));
    if (!address.start) main.querySelector('input').focus();
  };
  draw();
  languageEvents.addEventListener('language', draw);
  return () => languageEvents.removeEventListener('language', draw);
}

function codeForm(go) {
  const input = el('input', {
    class: 'input code-input', id: 'code', name: 'code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false',
    enterkeyhint: 'go', inputmode: 'text', placeholder: '···-···', 'aria-describedby': 'code-hint code-error', size: '7',
  });
  const error = el('p', { class: 'form-error', id: 'code-error', role: 'alert' });
  input.addEventListener('input', () => {
    error.textContent = '';
    input.removeAttribute('aria-invalid');
    const code = normalizeCode(input.value);
    // Only tidied at the end, so that correcting a letter in the middle does not move the caret.
    if (input.selectionStart === input.value.length) input.value = formatCode(code);
  });
  return el('form', {
    class: 'stack welcome__form', novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      const code = normalizeCode(input.value);
      if (code.length === 6) {
        go(`/j/${code}`);
        return;
      }
      input.setAttribute('aria-invalid', 'true');
      error.textContent = t('start.codeIncomplete', { count: code.length });
      input.focus();
    },
  },
  el('h1', { text: t('start.title') }),
  el('p', { class: 'soft', id: 'code-hint', text: t('start.codeHint') }),
  el('label', { class: 'visually-hidden', for: 'code', text: t('start.codeLabel') }), input, error,
  el('button', { class: 'button button--primary button--large button--wide', text: t('start.go') }));
}

function createForm(secret, main) {
  const titleInput = el('input', { class: 'input', id: 'title', maxlength: '80', autocomplete: 'off', required: true });
  const languageSelect = el('select', { class: 'input', id: 'content-language' });
  for (const { tag, name } of availableLanguages()) languageSelect.append(el('option', { value: tag, text: name, lang: tag }));
  languageSelect.value = language();
  const templates = el('div', { class: 'templates', role: 'group', 'aria-labelledby': 'templates-label' },
    el('p', { class: 'soft', text: t('start.templatesLoading') }));
  const error = el('p', { class: 'form-error', role: 'alert' });
  const button = el('button', { class: 'button button--primary button--large', text: t('start.create') });
  const days = el('input', { class: 'input input--short', id: 'keep-days', type: 'number', inputmode: 'numeric', min: 1, max: 3650 });
  showTemplates(templates, days, secret);
  return el('form', {
    class: 'panel stack welcome__create', novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      error.textContent = '';
      const chosen = await templates.chosen?.();
      const title = titleInput.value.trim();
      if (!title || !chosen) {
        error.textContent = t(title ? 'start.templateMissing' : 'start.titleMissing');
        if (!title) titleInput.focus();
        // The file that is missing has the focus already.
        else if (!templates.contains(document.activeElement)) templates.querySelector('input')?.focus();
        return;
      }
      button.setAttribute('aria-disabled', 'true');
      const answer = await create(secret, { ...chosen, title, language: languageSelect.value, ...(days.value && { keepDays: Number(days.value) }) });
      button.removeAttribute('aria-disabled');
      if (answer.workshop) showCreated(main, answer, title);
      else error.textContent = t(`start.error.${answer.error}`);
    },
  },
  el('h2', { text: t('start.createTitle') }),
  el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'title', text: t('start.titleLabel') }), titleInput),
  el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'content-language', text: t('start.languageLabel') }), languageSelect,
    el('span', { class: 'field__hint', text: t('start.languageHint') })),
  el('div', { class: 'field' }, el('span', { class: 'field__label', id: 'templates-label', text: t('start.templateLabel') }), templates),
  el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'keep-days', text: t('start.keepDays') }), days),
  error, button);
}

async function showTemplates(container, days, secret) {
  try {
    const [{ showTemplateChoice }, { readTemplate, serverCheck }, listing] = await Promise.all([import('./templates.js'), import('../app/template-file.js'),
      fetch('/api/templates').then((answer) => answer.json())]);
    days.value ||= listing.keepDays ?? '';
    await showTemplateChoice(listing, container, { blank: true, read: (file) => readTemplate(file, serverCheck('/api/templates/check', secret)) });
  } catch {
    container.replaceChildren(el('p', { class: 'form-error', text: t('start.error.network') }));
  }
}

/** @returns {Promise<any>} the new workshop and its links, or `{ error }` with one of the texts' names */
async function create(secret, body) {
  try {
    const response = await fetch('/api/workshops', {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` },
    });
    if (response.ok) return await response.json();
    return { error: response.status === 401 || response.status === 403 ? 'secret' : response.status >= 500 ? 'server' : 'refused' };
  } catch {
    return { error: 'network' };
  }
}

function showCreated(main, { workshop, code, links }, title) {
  // A process has no code: one comes to its sessions.
  const words = code ? { keep: 'start.keepLink', link: 'start.linkLabel', open: 'start.openConsole' } : { keep: 'process.start.keep', link: 'process.start.link', open: 'process.start.open' };
  const address = new URL(`/${code ? 'f' : 'p'}/${workshop}#${links.facilitator}`, location.href).href;
  const field = el('input', { class: 'input link-field', readonly: true, value: address, 'aria-label': t(words.link), onfocus: () => field.select() });
  const copied = el('span', { class: 'soft', role: 'status' });
  const heading = el('h1', { tabindex: '-1', text: t('start.created', { title }) });
  main.replaceChildren(wordmark(), el('section', { class: 'panel stack welcome__create' },
    heading,
    el('p', { text: t(words.keep) }),
    field,
    el('p', { class: 'row' },
      el('a', { class: 'button button--primary button--large', href: address, text: t(words.open) }),
      code && el('a', { class: 'button button--large', href: address.replace('#', '?prepare#'), text: t('start.prepare') }),
      el('button', {
        type: 'button', class: 'button button--large', onclick: async () => { copied.textContent = t(await copy(field) ? 'start.copied' : 'start.copyByHand'); },
      }, icon('copy'), t('start.copy')), copied),
    code && el('p', { class: 'soft', text: t('start.codeIs', { code: formatCode(code) }) })));
  heading.focus();
}

/** The clipboard's own interface exists only over https; a selected field can be copied without it. */
async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
