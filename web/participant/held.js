import { formatDate, formatMoment } from '../app/dates.js';
import { el, loadStyles } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { eraseMe, holdings } from '../app/personal.js';
import { saveFile } from '../app/save-file.js';
import { openSheet } from './sheet.js';

let styles;

/**
 * What the server holds about this device, in words and as a file; and how to have it erased (protocol.md, P1 and P2).
 *
 * @param {import('../app/workshop-client.js').WorkshopClient} client
 * @param {any} retention the entry that says how long the workshop is kept; undefined for somebody who is not in any more
 */
export async function openHeld(client, retention) {
  await Promise.all([moreTexts('held'), styles ??= loadStyles('/participant/held.css')]);
  let held = null;
  try {
    held = await holdings(client);
  } catch (error) {
    if (error.code === 'gone') return client.vanish(4502);
  }
  openSheet({
    title: t('held.title'),
    body: (close) => (held ? facts(held, retention, client, close) : [el('p', { text: t('held.failed') })]),
  });
  return undefined;
}

function facts(held, retention, client, close) {
  const { participant, notes, votes, history } = held;
  const joined = history.find(({ events }) => events.some(({ e }) => e === 'joined'));
  const line = (word, text) => el('div', { class: 'held__line' }, el('dt', { text: word }), el('dd', { text }));
  return [
    el('p', { text: t('held.about') }),
    el('dl', { class: 'held__facts' },
      line(t('held.name'), participant.name || t('held.noName')),
      line(t('held.via'), t(`join.via.${participant.via}`)),
      joined && line(t('held.joined'), formatMoment(joined.at)),
      line(t('held.acts'), t('held.actsCount', { count: history.length })),
      line(t('held.votes'), t(votes.length ? 'held.votesOpen' : 'held.votesNone')),
      line(t('held.kept'), keptText(retention ?? { days: held.keptDays, eraseAt: held.eraseAt }))),
    el('h3', { text: t('held.notes', { count: notes.length }) }),
    notes.length > 0 && el('ul', { class: 'held__notes', role: 'list' }, ...notes.map((note) => el('li', {},
      el('span', { class: 'held__text', text: note.text, lang: note.language ?? null }),
      el('span', { class: 'soft', text: [note.phaseName, formatMoment(note.at), t(`held.note.${stateOf(note)}`)].filter(Boolean).join(' · ') })))),
    el('div', { class: 'dialog__actions' },
      el('button', { type: 'button', class: 'button', text: t('held.save'), onclick: () => saveFile('samskap.json', JSON.stringify(held, null, 2), 'application/json') }),
      el('button', { type: 'button', class: 'button button--danger', text: t('held.erase.button'), onclick: () => {
        close();
        confirmErase(client, held);
      } })),
  ];
}

const stateOf = ({ publication, visible }) => (publication === 'published' ? (visible ? 'visible' : 'private') : publication);

/** @param {{ days: number, eraseAt?: number }} retention @returns {string} how long all of it is kept */
export const keptText = ({ days, eraseAt }) => (eraseAt ? t('held.keptUntil', { date: formatDate(eraseAt) })
  : t('held.keptDays', { count: days }));

/** Says what happens, and what does not; then it happens. */
function confirmErase(client, { notes }) {
  const problem = el('p', { class: 'banner banner--signal', role: 'alert', hidden: true, text: t('held.erase.failed') });
  openSheet({
    title: t('held.erase.title'),
    body: (close) => {
      const button = el('button', {
        type: 'button', class: 'button button--danger', text: t('held.erase.confirm'),
        onclick: async () => {
          button.disabled = true;
          problem.hidden = true;
          try {
            await eraseMe(client);
            close();
          } catch {
            problem.hidden = false;
            button.disabled = false;
          }
        },
      });
      return [
        el('ul', { class: 'held__what' }, ...[t('held.erase.notes', { count: notes.length }), t('held.erase.you'), t('held.erase.votes'), t('held.erase.others')]
          .map((text) => el('li', { text }))),
        el('p', {}, el('strong', { text: t('held.erase.final') })),
        problem,
        el('div', { class: 'dialog__actions' }, button, el('button', { type: 'button', class: 'button', text: t('common.cancel'), onclick: close })),
      ];
    },
  });
}
