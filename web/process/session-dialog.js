/** A new session from a template, and what may be done with one that is there. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { confirmDialog, openDialog } from '../console/dialog.js';
import { choiceField, textField } from '../console/fields.js';
import { showTemplateChoice } from '../participant/templates.js';
import { addSession, ask, newRequest, setClosing } from './server.js';

const DAY = 86_400_000;
/** How long an open collection usually is open, in days. */
const USUAL_DAYS = 14;

/** @param {any} desk @param {number} step */
export async function openAddSession(desk, step) {
  const request = newRequest();
  const kind = choiceField({
    name: 'kind', legend: t('process.session.kind'), value: step === 2 ? 'collection' : 'live', list: true,
    options: ['live', 'collection'].map((value) => ({ value, label: t(`process.session.kind.${value}`), hint: t(`process.session.kind.${value}-about`) })),
  });
  const closing = closingField(Date.now() + USUAL_DAYS * DAY);
  const templates = el('div', { class: 'templates', role: 'group', 'aria-labelledby': 'templates-label' }, el('p', { class: 'soft', text: t('start.templatesLoading') }));
  const dialog = openDialog({
    title: t('process.session.addTo', { name: t(`process.step.${step}`) }), confirm: t('process.session.create'), wide: true,
    body: [
      textField({ name: 'title', label: t('start.titleLabel'), hint: t('process.session.titleHint'), maxlength: 80, autofocus: true }),
      kind, closing,
      el('div', { class: 'field' }, el('span', { class: 'field__label', id: 'templates-label', text: t('start.templateLabel') }), templates),
    ],
    submit: async (form) => {
      const title = form.elements.title.value.trim();
      const template = form.querySelector('input[name="template"]:checked')?.value;
      if (!title || !template) {
        dialog.say(t(title ? 'start.templateMissing' : 'start.titleMissing'));
        return false;
      }
      const isCollection = form.elements.kind.value === 'collection';
      await addSession(desk, {
        request, step, template, title, kind: form.elements.kind.value, language: desk.state.language ?? 'nb',
        ...(isCollection && closingOf(form) && { closesAt: closingOf(form) }),
      });
      desk.say(t('process.session.added', { title }));
      return true;
    },
  });
  const arrange = () => { closing.hidden = dialog.dialog.querySelector('input[name="kind"]:checked')?.value !== 'collection'; };
  kind.addEventListener('change', arrange);
  arrange();
  try {
    const listing = await ask('/api/templates');
    await showTemplateChoice(sorted(listing, step), templates);
  } catch {
    templates.replaceChildren(el('p', { class: 'form-error', text: t('start.error.network') }));
  }
}

/** @param {number | undefined} at milliseconds */
const closingField = (at) => el('p', { class: 'field' }, el('label', { class: 'field__label', for: 'closes', text: t('process.session.closesLabel') }),
  el('input', { class: 'input', type: 'date', id: 'closes', name: 'closes', min: day(Date.now()), value: at && day(at) }),
  el('span', { class: 'field__hint', text: t('process.session.closesHint') }));

/** The end of the day that was chosen, where one is; null without. @param {HTMLFormElement} form */
const closingOf = ({ elements: { closes } }) => (closes.value ? new Date(`${closes.value}T23:59:59`).getTime() : null);

/** @param {number} milliseconds @returns {string} the day where one is, as a date field has it */
function day(milliseconds) {
  const date = new Date(milliseconds - new Date().getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 10);
}

/** This step's templates first, so that its first is what is chosen to begin with. */
const sorted = (listing, step) => ({ ...listing, usual: listing.templates.find((template) => template.step === step)?.id, templates: [...listing.templates].sort((a, b) => (b.step === step) - (a.step === step)) });

/** Renames a session, or takes it out of the process. @param {any} desk @param {string} id */
export function openSession(desk, id) {
  const session = desk.state.sessionByID.get(id);
  if (!session) return;
  const mayClose = session.kind === 'collection' && session.state !== 'ended' && session.state !== 'erased';
  const leave = el('button', { class: 'button button--danger button--small', type: 'button', text: t('process.session.detach'), onclick: () => {
    dialog.close();
    confirmDialog({
      title: t('process.session.detachTitle', { title: session.title }), text: t('process.session.detachText'), confirm: t('process.session.detach'),
      act: () => desk.client.send('session.detach', { session: id }),
    });
  } });
  const dialog = openDialog({
    title: session.title, confirm: t('console.save'), extras: [leave],
    body: [textField({ name: 'title', label: t('process.session.name'), value: session.title, maxlength: 80 }), mayClose && closingField(session.closesAt)],
    submit: async (form) => {
      const title = form.elements.title.value.trim();
      if (title !== session.title) await desk.client.send('session.rename', { session: id, title });
      if (mayClose && day(session.closesAt ?? 0) !== form.elements.closes.value) await setClosing(desk, session, closingOf(form));
    },
  });
}
