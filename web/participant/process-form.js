/** On the start page, with the operator's start link: a workshop, or a whole process? */
import { el, loadStyles } from '../app/dom.js';
import { availableLanguages, language, moreTexts, t } from '../app/i18n.js';

/**
 * Puts the choice before the workshop's form, and the process' form beside it; one of the two shows.
 *
 * @param {HTMLElement} workshopForm
 * @param {{ secret: string, keepDays: HTMLInputElement, created: (answer: any, title: string) => void }} how
 */
export async function offerProcess(workshopForm, { secret, created }) {
  await Promise.all([moreTexts('process'), loadStyles('/participant/process-form.css')]);
  if (!workshopForm.isConnected) return;
  const processForm = createForm(secret, created);
  processForm.hidden = true;
  const choice = (value, checked) => {
    const input = el('input', { type: 'radio', name: 'what', value, onchange: () => {
      workshopForm.hidden = value !== 'workshop';
      processForm.hidden = value !== 'process';
    } });
    input.checked = checked;
    return el('label', { class: 'what' }, input, el('span', { class: 'what__words' }, el('strong', { text: t(`process.start.${value}`) }), el('span', { class: 'soft', text: t(`process.start.${value}-about`) })));
  };
  workshopForm.before(el('fieldset', { class: 'whats' }, el('legend', { class: 'field__label', text: t('process.start.what') }), choice('workshop', true), choice('process', false)));
  workshopForm.after(processForm);
}

function createForm(secret, created) {
  const title = el('input', { class: 'input', id: 'process-title', maxlength: 80, autocomplete: 'off' });
  const challenge = el('textarea', { class: 'input', id: 'process-challenge', maxlength: 500, rows: 3, 'aria-describedby': 'process-challenge-hint' });
  const tongue = el('select', { class: 'input', id: 'process-language' });
  for (const { tag, name } of availableLanguages()) tongue.append(el('option', { value: tag, text: name, lang: tag }));
  tongue.value = language();
  const error = el('p', { class: 'form-error', role: 'alert' });
  const button = el('button', { class: 'button button--primary button--large', text: t('process.start.create') });
  return el('form', {
    class: 'panel stack welcome__create', novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      error.textContent = '';
      if (!title.value.trim()) {
        error.textContent = t('start.titleMissing');
        title.focus();
        return;
      }
      button.setAttribute('aria-disabled', 'true');
      const answer = await create(secret, { title: title.value.trim(), language: tongue.value, ...(challenge.value.trim() && { challenge: challenge.value.trim() }) });
      button.removeAttribute('aria-disabled');
      if (answer.workshop) created(answer, title.value.trim());
      else error.textContent = t(`start.error.${answer.error}`);
    },
  },
  el('h2', { text: t('process.start.title') }),
  el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'process-title', text: t('start.titleLabel') }), title),
  el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'process-challenge', text: t('process.start.challenge') }), challenge,
    el('span', { class: 'field__hint', id: 'process-challenge-hint', text: t('process.start.challengeHint') })),
  el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'process-language', text: t('start.languageLabel') }), tongue),
  error, button);
}

async function create(secret, body) {
  try {
    const response = await fetch('/api/processes', { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` } });
    if (response.ok) return await response.json();
    return { error: response.status === 401 || response.status === 403 ? 'secret' : response.status >= 500 ? 'server' : 'refused' };
  } catch {
    return { error: 'network' };
  }
}
