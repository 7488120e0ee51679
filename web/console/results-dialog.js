import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { saveFile } from '../app/save-file.js';
import { openDialog } from './dialog.js';
import { saveTemplate } from './prepare-view.js';
import { keptText, openKeepingDialog } from './keeping.js';

const RESULTS = ['results.html', 'results.csv', 'results.json', 'results.md'];
/** What staff did: the facilitator's alone. */
const RECORDS = ['moderation.csv', 'audit.jsonl'];
/** All of it in one file. */
const ARCHIVE = ['archive.zip'];

/** The workshop's results as documents, at any time during or after. */
export function openResultsDialog(desk) {
  const dialog = openDialog({
    title: t('console.results.title'), confirm: null, submit: () => true,
    body: [
      el('p', { class: 'soft', text: t('console.results.about') }),
      downloads(desk, RESULTS, (text) => dialog.say(text)),
      desk.state.isFacilitator && el('ul', { class: 'downloads', role: 'list' }, el('li', {}, el('button', {
        class: 'button button--wide downloads__button', type: 'button', onclick: async () => {
          const { openReplay } = await import('./replay-dialog.js');
          dialog.close();
          openReplay(desk);
        },
      }, el('strong', { text: t('console.replay.open') }), el('span', { class: 'soft', text: t('console.replay.open-about') })))),
      desk.state.isFacilitator && el('h3', { text: t('console.records.title') }),
      desk.state.isFacilitator && downloads(desk, RECORDS, (text) => dialog.say(text)),
      desk.state.isFacilitator && el('button', { class: 'button button--wide downloads__button', type: 'button', onclick: () => saveTemplate(desk) },
        el('strong', { text: t('editor.save') }), el('span', { class: 'soft', text: t('editor.save-short') })),
      desk.state.isFacilitator && el('h3', { text: t('console.archive.title') }),
      desk.state.isFacilitator && downloads(desk, ARCHIVE, (text) => dialog.say(text)),
      desk.state.isFacilitator && el('p', { class: 'banner kept' }, el('span', { text: keptText(desk.state.retention) }),
        el('button', { class: 'button button--small', type: 'button', text: t('console.keeping.change'), onclick: () => {
          dialog.close();
          openKeepingDialog(desk);
        } })),
    ],
  });
}

function downloads(desk, names, say) {
  return el('ul', { class: 'downloads', role: 'list' }, ...names.map((name) => {
    const key = name.startsWith('results.') ? `console.${name}` : name === ARCHIVE[0] ? 'console.archive.all' : `console.records.${name.split('.')[0]}`;
    return el('li', {}, el('button', {
      class: 'button button--wide downloads__button', type: 'button', autofocus: name === RESULTS[0],
      onclick: () => download(desk, name).catch(() => say(t('console.results.failed'))),
    }, el('strong', { text: t(key) }), el('span', { class: 'soft', text: t(`${key}-about`) })));
  }));
}

/** The document is fetched with the device's secret, which must not stand in an address, and then saved. */
async function download(desk, document) {
  const { client, state } = desk;
  const response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}/${document}`, { headers: { Authorization: `Bearer ${client.secret}` } });
  if (!response.ok) throw new Error(String(response.status));
  const name = state.session.title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'samskap';
  saveFile(`${name}${document.replace(/^(results|archive)\./, '.').replace(/^(?!\.)/, '-')}`, await response.blob());
}
