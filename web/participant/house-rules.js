/** The rules of the house: shown once, before one's first note goes out, and to be found again in the menu. */
import { el } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { openSheet } from './sheet.js';

// The wall imports the menu, and that this, so that the words are here before a first note goes out, whatever the line does then.
moreTexts('held').catch(() => {});

/** @param {() => void} [send] sends the first note; without it the rules are only read again */
export async function openHouseRules(send) {
  await moreTexts('held');
  openSheet({
    title: t(send ? 'held.rules.before' : 'held.rules.title'),
    body: (close) => [
      el('ul', { class: 'stack house-rules' }, ...t('held.rules.text').split('\n').map((text) => el('li', { text }))),
      send && el('button', {
        type: 'button', class: 'button button--primary button--large button--wide', autofocus: true, text: t('held.rules.send'),
        onclick: () => {
          close();
          send();
        },
      }),
    ],
  });
}
