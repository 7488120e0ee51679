import { el, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';
import { createJoinCard } from '../components/join-card.js';
import { createSpeakersStrip } from './speakers-scene.js';
import { TimerDisplay } from '../components/timer-display.js';

/** The side strip: timer, the way in, who is here. */
export function createStrip(strip, client, tone) {
  const timer = new TimerDisplay(() => client.now(), (moment) => { if (moment === 'ended') tone.play(); });
  const card = createJoinCard();
  const join = el('section', { class: 'strip__join', 'aria-label': t('screen.join') }, card.element);
  const heads = ['in-room', 'remote'].map((name) => {
    const number = el('dd', { class: 'heads__number numbers' });
    return { number, line: el('div', { class: 'heads__line' }, el('dt', { class: 'heads__word', text: t(`screen.${name}`) }), number) };
  });
  const tables = el('p', { class: 'heads__tables' });
  const speakers = createSpeakersStrip(client);
  const count = el('dl', { class: 'heads', 'aria-label': t('screen.heads') }, ...heads.map(({ line }) => line));
  // Gone for good once pressed; the keyboard reaches it like any button.
  const sound = el('button', {
    class: 'button button--small strip__sound', type: 'button', text: t('screen.sound'), hidden: tone.isAllowed(),
    async onclick() {
      await tone.allow();
      sound.hidden = tone.isAllowed();
    },
  });
  strip.replaceChildren(timer.element, speakers.element, join, el('div', { class: 'strip__foot' }, count, tables, sound));
  strip.setAttribute('aria-label', t('screen.join'));

  return {
    stop: () => {
      timer.update(undefined);
      speakers.stop();
    },
    render(state) {
      const { timer: entry, door, totals, session } = state;
      timer.update(session.ended ? undefined : entry);
      // Where the wall shows the way in large, it need not stand here too.
      const isLarge = document.querySelector('.wall')?.dataset.scene === 'welcome';
      card.render(isLarge ? undefined : door);
      speakers.render(state, document.querySelector('.wall')?.dataset.scene === 'speakers');
      join.hidden = session.ended || isLarge;
      sound.hidden = session.ended || tone.isAllowed();
      setText(heads[0].number, formatNumber(totals.room));
      setText(heads[1].number, formatNumber(totals.remote));
      heads[1].line.hidden = totals.remote === 0;
      setText(tables, totals.atTables ? t('screen.at-tables', { count: totals.atTables }) : '');
      tables.hidden = !totals.atTables;
    },
  };
}
