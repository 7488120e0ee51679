import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { saveFile } from '../app/save-file.js';
import { openDialog } from './dialog.js';
import { keptText, openKeepingDialog } from './keeping.js';

const KINDS = ['html', 'csv', 'json', 'md'];

/** The workshop's results as documents, at any time during or after. */
export function openResultsDialog(desk) {
  const dialog = openDialog({
    title: t('console.results.title'), confirm: null, submit: () => true,
    body: [
      el('p', { class: 'soft', text: t('console.results.about') }),
      el('ul', { class: 'downloads', role: 'list' }, ...KINDS.map((kind) => el('li', {}, el('button', {
        class: 'button button--wide downloads__button', type: 'button', autofocus: kind === 'html',
        onclick: () => download(desk, kind).catch(() => dialog.say(t('console.results.failed'))),
      }, el('strong', { text: t(`console.results.${kind}`) }), el('span', { class: 'soft', text: t(`console.results.${kind}-about`) }))))),
      desk.state.isFacilitator && el('p', { class: 'banner kept' }, el('span', { text: keptText(desk.state.retention) }),
        el('button', { class: 'button button--small', type: 'button', text: t('console.keeping.change'), onclick: () => {
          dialog.close();
          openKeepingDialog(desk);
        } })),
    ],
  });
}

/** The document is fetched with the device's secret, which must not stand in an address, and then saved. */
async function download(desk, kind) {
  const { client, state } = desk;
  const response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}/results.${kind}`, { headers: { Authorization: `Bearer ${client.secret}` } });
  if (!response.ok) throw new Error(String(response.status));
  const name = state.session.title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'samskap';
  saveFile(`${name}.${kind}`, await response.blob());
}
