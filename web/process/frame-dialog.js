/** What the process is about, and what was heard in a step. */
import { el } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { openDialog } from '../console/dialog.js';
import { textField } from '../console/fields.js';

/** Principles of a process (protocol.md, M). */
const PRINCIPLES = 12;

/** The challenge and the principles; one principle a line, as one would write them on a sheet. */
export function openFrame(desk) {
  const { challenge, principles } = desk.state;
  const dialog = openDialog({
    title: t('process.frame.title'), confirm: t('console.save'), wide: true,
    body: [
      textField({ name: 'challenge', label: t('process.challenge'), hint: t('process.frame.challengeHint'), value: challenge, rows: 3, maxlength: 500 }),
      textField({ name: 'principles', label: t('process.principles'), hint: t('process.frame.principlesHint', { count: PRINCIPLES }), value: principles.join('\n'), rows: 6 }),
    ],
    submit: async (form) => {
      const lines = form.elements.principles.value.split('\n').map((line) => line.trim()).filter(Boolean);
      if (lines.length > PRINCIPLES || lines.some((line) => [...line].length > 200)) {
        dialog.say(t('process.frame.tooMany', { count: PRINCIPLES }));
        return false;
      }
      await desk.client.send('process.change', { challenge: form.elements.challenge.value.trim(), principles: lines });
      return true;
    },
  });
}

/** What we heard in a step, and what we do with it. */
export function openSummary(desk, step) {
  const { heard, done } = desk.state.steps[step - 1];
  openDialog({
    title: t('process.summary.title', { name: t(`process.step.${step}`) }), confirm: t('console.save'), wide: true,
    body: [
      el('p', { class: 'soft', text: t('process.summary.about') }),
      textField({ name: 'heard', label: t('process.heard'), hint: t('process.summary.heardHint'), value: heard, rows: 5, maxlength: 2000 }),
      textField({ name: 'done', label: t('process.done'), hint: t('process.summary.doneHint'), value: done, rows: 5, maxlength: 2000 }),
    ],
    submit: (form) => desk.client.send('step.summarise', { step, heard: form.elements.heard.value.trim(), done: form.elements.done.value.trim() }),
  });
}
