import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { openDialog } from './dialog.js';

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
    ],
  });
}

/** The document is fetched with the device's secret, which must not stand in an address, and then saved. */
async function download(desk, kind) {
  const { client, state } = desk;
  const response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}/results.${kind}`, { headers: { Authorization: `Bearer ${client.secret}` } });
  if (!response.ok) throw new Error(String(response.status));
  const url = URL.createObjectURL(await response.blob());
  const name = state.session.title.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '') || 'samskap';
  const link = el('a', { href: url, download: `${name}.${kind}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
