import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { openDialog } from './dialog.js';
import { checkField, choiceField, numberField, wholeNumber } from './fields.js';

/** Seconds between two notes that can be chosen; beyond half a minute they are said in minutes. */
const PACES = [0, 10, 30, 60, 120, 300];

/** Who gets in, how many at the same time, and how fast each may write. */
export function openDoorRules(desk) {
  const { door, session, people } = desk.state;
  const pace = session.paceSeconds ?? 0;
  openDialog({
    title: t('console.door.rules'), confirm: t('console.save'),
    body: [
      checkField({ legend: t('console.door.at'), hint: t('console.door.approval-hint'), options: [{ name: 'approval', label: t('console.door.approval'), checked: door.approval }] }),
      numberField({ name: 'places', label: t('console.door.places'), hint: t('console.door.places-hint', { count: people }), value: door.places, min: 1, max: 20_000 }),
      choiceField({ name: 'pace', legend: t('console.door.pace'), value: String(pace),
        options: [...new Set([...PACES, pace])].sort((a, b) => a - b).map((seconds) => ({ value: String(seconds), label: paceName(seconds) })) }),
    ],
    async submit(form) {
      const approval = form.elements.approval.checked;
      const places = wholeNumber(form, 'places', door.places);
      const seconds = Number(form.elements.pace.value);
      if (approval !== door.approval) await desk.client.send('approval.set', { required: approval });
      if (places !== door.places) await desk.client.send('places.set', { places });
      if (seconds !== pace) await desk.client.send('pace.set', { seconds });
    },
  });
}

function paceName(seconds) {
  if (seconds === 0) return t('console.door.pace-none');
  return seconds % 60 ? t('console.door.pace-seconds', { count: seconds }) : t('console.door.pace-minutes', { count: seconds / 60 });
}

/** Says how many wait to be let in, and leads to them. */
export function createWaiting(open) {
  const words = el('span');
  const button = el('button', { class: 'button button--primary button--wide', type: 'button', onclick: open }, words);
  const element = el('div', { class: 'door__waiting', role: 'status' });
  return {
    element,
    render({ participants }) {
      const count = participants.filter(({ entry }) => entry.waits === 'approval').length;
      setText(words, count ? t('console.door.waiting', { count }) : '');
      if (count && !button.isConnected) element.append(button);
      if (!count) button.remove();
    },
  };
}
