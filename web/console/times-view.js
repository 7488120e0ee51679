import { el, setAttribute, setText } from '../app/dom.js';
import { formatTime, t } from '../app/i18n.js';
import { reading } from '../app/clock.js';
import { timesOf } from '../app/session-times.js';

/** How often what the clock alone changes is written anew, in milliseconds. */
const EVERY = 10_000;

/** The session's times by the desk's clock. @returns {import('../app/session-times.js').Times} */
export function timesNow(desk) {
  const { phases, timer, session, plan } = desk.state;
  const now = desk.client.now();
  return timesOf({ phases, now, startAt: plan?.startAt ?? null, secondsLeft: timer ? reading(timer, now).seconds : null, ended: session.ended });
}

/** How long, until when, and how far behind or ahead; in words, so that colour is never alone. It changes quietly, and is not read out by itself. */
export function createTimesView(desk) {
  const sum = el('p', { class: 'times__sum soft' });
  const end = el('p', { class: 'times__end' });
  const pace = el('p', { class: 'times__pace' });
  const element = el('div', { class: 'times' }, sum, end, pace);
  const view = {
    element,
    render() {
      const { total, breaks, endsAt, behind, begun } = timesNow(desk);
      const startAt = desk.state.plan?.startAt;
      setText(sum, [t('console.run.sum', { count: total }), breaks > 0 && t('editor.times.breaks', { count: breaks })].filter(Boolean).join(' · '));
      const parts = [startAt !== undefined && !begun && t('editor.times.starts', { time: formatTime(startAt) }), endsAt !== null && t('editor.times.ends', { time: formatTime(endsAt) })].filter(Boolean);
      setText(end, parts.join(' · '));
      end.hidden = parts.length === 0;
      setText(pace, behind === null ? '' : behind === 0 ? t('editor.times.on-time') : t(behind > 0 ? 'editor.times.behind' : 'editor.times.ahead', { count: Math.abs(behind) }));
      pace.hidden = behind === null;
      setAttribute(pace, 'data-late', behind !== null && behind >= 5);
    },
  };
  tick(element, () => desk.state && view.render());
  return view;
}

/** Calls `act` now and then for as long as an element is on the page. */
export function tick(element, act) {
  const timer = setInterval(() => {
    if (!element.isConnected) clearInterval(timer);
    else if (!document.hidden) act();
  }, EVERY);
}
