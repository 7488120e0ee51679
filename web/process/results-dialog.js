import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { saveFile } from '../app/save-file.js';
import { openDialog } from '../console/dialog.js';
import { selectField } from '../console/fields.js';
import { STEPS } from './kinds.js';

const DOCUMENTS = ['results.html', 'results.csv', 'results.json', 'results.md'];

/** The whole process, or one step of it, as documents. */
export function openResults(desk) {
  const which = selectField({
    name: 'step', label: t('process.results.which'), value: '',
    groups: [{ label: '', options: [{ value: '', label: t('process.results.all') }, ...STEPS.map((step) => ({ value: String(step), label: `${step}. ${t(`process.step.${step}`)}` }))] }],
  });
  const dialog = openDialog({
    title: t('process.results.title'), confirm: null, submit: () => true,
    body: [
      el('p', { class: 'soft', text: t('process.results.about') }), which,
      el('ul', { class: 'downloads', role: 'list' }, ...DOCUMENTS.map((name) => el('li', {}, el('button', {
        class: 'button button--wide downloads__button', type: 'button',
        onclick: () => download(desk, name, which.querySelector('select').value).catch(() => dialog.say(t('console.results.failed'))),
      }, el('strong', { text: t(`console.${name}`) }), el('span', { class: 'soft', text: t(`process.${name}`) }))))),
      desk.state.isFacilitator && el('button', {
        class: 'button button--wide downloads__button', type: 'button',
        onclick: () => download(desk, 'archive.zip', '').catch(() => dialog.say(t('console.results.failed'))),
      }, el('strong', { text: t('console.archive.all') }), el('span', { class: 'soft', text: t('process.results.archive') })),
    ],
  });
}

/** The document is fetched with the device's secret, which must not stand in an address, and then saved. */
async function download({ client, state }, name, step) {
  const response = await fetch(`/api/${name === 'archive.zip' ? 'workshops' : 'processes'}/${encodeURIComponent(client.workshop)}/${name}${step && `?step=${step}`}`, { headers: { Authorization: `Bearer ${client.secret}` } });
  if (!response.ok) throw new Error(String(response.status));
  const title = state.title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'samskap';
  saveFile(`${title}${step && `-${step}`}${name.replace(/^(results|archive)/, '')}`, await response.blob());
}
