/** What became of one's own notes, from the note to the decision: loaded when it is asked for (protocol.md, Q). */
import { el, loadStyles } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { openSheet } from './sheet.js';

/** How often it is asked while the server is busy with others: a hall may ask as one. */
const MOST = 5;
let styles;

/**
 * Opens it as a sheet.
 *
 * @param {import('../app/workshop-client.js').WorkshopClient} client of a device that is, or was, in the workshop
 */
export async function openBecame(client) {
  await Promise.all([moreTexts('became'), styles ??= loadStyles('/participant/became.css')]);
  let answer = null;
  try {
    let response;
    for (let tries = 0; tries < MOST && (!response || response.status === 429); tries += 1) {
      if (response) await new Promise((resolve) => { setTimeout(resolve, (Number(response.headers.get('Retry-After')) || 1) * 1000); });
      response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}/me/trace`, { headers: { Authorization: `Bearer ${client.secret}` } });
    }
    if (response.status === 401) return client.vanish(4502);
    if (response.ok) answer = await response.json();
    else if (response.status === 404) answer = { process: null };
  } catch { /* said below */ }
  openSheet({ title: t('became.title'), body: () => (answer ? told(answer) : [el('p', { text: t('became.failed') })]) });
  return undefined;
}

function told({ process, notes, items }) {
  if (!process) return [el('p', { text: t('became.alone') })];
  const known = new Map(items.map((item) => [item.item, { ...item, to: [] }]));
  for (const { item, from } of items) for (const origin of from) known.get(origin)?.to.push(item);
  return [
    el('p', { text: t('became.about', { title: process.title }) }),
    notes.length === 0 ? el('p', { class: 'soft', text: t('became.none') })
      : el('ul', { class: 'became', role: 'list' }, ...notes.map((note) => el('li', { class: 'became__note' },
        el('p', { class: 'soft', text: t('became.your') }), el('blockquote', { class: 'became__text', text: note.text }),
        way(note.items, known, new Set()) ?? el('p', { class: 'soft', text: t(note.carried || note.items.length > 0 ? 'became.private' : 'became.nothing') })))),
    process.published && el('p', {}, el('a', { class: 'button button--wide', href: `/p/${process.workshop}${location.search}`, text: t('became.page') })),
  ];
}

/** What came of it, one level of list for each step on; each item once. */
function way(ids, items, seen) {
  const fresh = ids.filter((id) => items.has(id) && !seen.has(id));
  fresh.forEach((id) => seen.add(id));
  if (fresh.length === 0) return null;
  return el('ul', { class: 'became__way', role: 'list' }, ...fresh.map((id) => {
    const { kind, text, fields = {}, state, to } = items.get(id);
    return el('li', {},
      el('p', {}, el('span', { class: 'became__kind', dataset: { kind }, text: t(`became.kind.${kind}`) }), ' ',
        kind === 'decision' && fields.outcome && el('strong', { text: `${t(`became.outcome.${fields.outcome}`)}. ` }),
        text || Object.values(fields).filter(Boolean).join(' – '),
        state !== 'open' && el('span', { class: 'soft', text: ` (${t(`became.state.${state}`)})` })),
      kind === 'decision' && fields.why && el('p', { class: 'soft', text: fields.why }),
      way(to, items, seen));
  }));
}
