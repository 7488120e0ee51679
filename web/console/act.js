import { refusalText } from '../app/i18n.js';
import { showNotice } from '../components/notice.js';

/**
 * Makes the one way in which the console acts: it sends, and says a refusal as a plain sentence.
 *
 * @param {import('../app/workshop-client.js').WorkshopClient} client
 * @param {HTMLElement} place where notices are shown
 */
export function createAct(client, place) {
  /**
   * @param {string} type
   * @param {Record<string, any>} [members]
   * @param {{ text: string, action?: { label: string, act: () => void } }} [done] said when it is stored
   * @returns {Promise<boolean>} whether it was stored
   */
  const act = async (type, members = {}, done = undefined) => {
    try {
      await client.send(type, members);
    } catch (refusal) {
      act.tellRefusal(refusal.code);
      return false;
    }
    if (done) act.tell(done);
    return true;
  };
  act.tell = (message) => {
    // A modal dialog makes everything behind it unreachable, so the dialog says it itself.
    const problem = [...document.querySelectorAll('dialog[open] .dialog__problem')].at(-1);
    if (!problem || message.action) return showNotice(place, message);
    problem.textContent = message.text;
    problem.classList.toggle('banner--signal', message.kind === 'refusal');
    problem.hidden = false;
    return undefined;
  };
  act.tellRefusal = (code) => act.tell({ kind: 'refusal', text: refusalText(code) });
  return act;
}
