import { el } from '../app/dom.js';
import { refusalText, t } from '../app/i18n.js';
import { openDialog } from '../console/dialog.js';
import { choiceField } from '../console/fields.js';
import { carry } from './server.js';

/**
 * Takes what was found along into another session, as notes on its current board that remember where they come from.
 *
 * @param {any} desk
 * @param {import('./model.js').Origin[]} origins
 * @param {string} [from] the session they are from, which is not offered
 */
export function openCarry(desk, origins, from) {
  const sessions = desk.state.sessions.filter(({ id, state }) => id !== from && state !== 'ended');
  const dialog = openDialog({
    title: t('process.carry'), confirm: sessions.length > 0 ? t('process.carryGo') : null,
    body: sessions.length > 0 ? [
      el('p', { class: 'soft', text: t('process.carryAbout', { count: origins.length }) }),
      choiceField({ name: 'session', legend: t('process.carryTo'), value: sessions.at(-1).id, list: true, options: sessions.map(({ id, title, step }) => ({ value: id, label: title, hint: `${step}. ${t(`process.step.${step}`)}` })) }),
    ] : [el('p', { text: t('process.carryNowhere') })],
    submit: async (form) => {
      if (sessions.length === 0) return true;
      const session = desk.state.sessionByID.get(form.elements.session.value);
      try {
        // A cluster's notes are known on the other side by the cluster.
        await carry(desk, session, origins.map(({ notes, ...origin }) => origin));
      } catch (refusal) {
        dialog.say(t('process.carryFailed', { reason: refusalText(refusal.code) }));
        return false;
      }
      desk.chosen.clear();
      desk.refresh();
      desk.act.tell({ text: t('process.carried', { title: session.title }), topic: 'carry' });
      return true;
    },
  });
}
