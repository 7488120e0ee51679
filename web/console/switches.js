import { el, setAttribute } from '../app/dom.js';
import { t } from '../app/i18n.js';

/** What is open, hidden, locked or brought forward, each one press to change and one to change back. */
export function createSwitches(desk) {
  const make = (name, act) => {
    const button = el('button', { class: 'switch', type: 'button', role: 'switch', onclick: act });
    const words = el('span', { class: 'switch__words', text: t(`console.switch.${name}`) });
    button.append(words, el('span', { class: 'switch__track', 'aria-hidden': 'true' }));
    return button;
  };
  const input = make('input', () => desk.act('input.set', { phase: desk.state.phase.id, open: desk.state.phase.inputClosed }));
  const reveal = make('reveal', () => desk.act(desk.state.phase.revealed ? 'phase.conceal' : 'phase.reveal', { phase: desk.state.phase.id }));
  const lock = make('lock', () => desk.act('lock.set', { locked: !desk.state.session.locked }));
  const spotlight = el('button', { class: 'button button--wide', type: 'button', text: t('console.spotlight.off'), onclick: () => desk.act('spotlight.set', { item: null }) });
  const element = el('section', { class: 'switches', 'aria-labelledby': 'switches-title' }, el('h3', { class: 'now__part', id: 'switches-title', text: t('console.switch.title') }), input, reveal, lock, spotlight);
  return {
    element,
    render({ phase, session, spotlight: shown }) {
      setAttribute(input, 'aria-checked', String(!phase.inputClosed));
      setAttribute(reveal, 'aria-checked', String(phase.revealed));
      reveal.hidden = phase.visibility === 'everyone';
      setAttribute(lock, 'aria-checked', String(session.locked));
      spotlight.hidden = !shown;
      element.hidden = session.ended;
    },
  };
}
