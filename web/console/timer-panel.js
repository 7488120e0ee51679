import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { TimerDisplay } from '../components/timer-display.js';
import { icon } from './icons.js';

/** The timer, and for the facilitator its buttons. Shows the server's seconds. */
export function createTimerPanel(desk, facilitates) {
  const display = new TimerDisplay(() => desk.client.now());
  const button = (label, act, name) => el('button', { class: 'button button--small', type: 'button', onclick: act }, name && icon(name), el('span', { text: label }));
  const minutes = () => desk.state.phase.minutes || 5;
  const start = button('', () => desk.act('timer.start', { seconds: minutes() * 60 }), 'play');
  const pause = button(t('console.timer.pause'), () => desk.act('timer.pause'), 'pause');
  const resume = button(t('console.timer.resume'), () => desk.act('timer.resume'), 'play');
  const one = button(t('console.timer.more', { count: 1 }), () => desk.act('timer.extend', { seconds: 60 }));
  const five = button(t('console.timer.more', { count: 5 }), () => desk.act('timer.extend', { seconds: 300 }));
  const stop = button(t('console.timer.stop'), () => desk.act('timer.stop'), 'stop');
  const actions = el('div', { class: 'row clock__actions' }, start, pause, resume, one, five, stop);
  const element = el('section', { class: 'clock', 'aria-label': t('console.timer.title') }, display.element, facilitates && actions);

  return {
    element,
    render({ timer, phase, session }) {
      const has = Boolean(timer);
      display.update(timer);
      start.hidden = has;
      setText(start.lastElementChild, t('console.timer.start', { count: phase.minutes || 5 }));
      pause.hidden = timer?.state !== 'running';
      resume.hidden = timer?.state !== 'paused';
      for (const more of [one, five, stop]) more.hidden = !has;
      element.hidden = session.ended || (!has && !facilitates);
    },
  };
}
