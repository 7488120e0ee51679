/**
 * The one best thing to do now in a process. Pure: state in, a suggestion out, no DOM and no words of its own.
 *
 * @typedef {{ id: string, step: number, session?: string, item?: string, kind?: string }} Suggestion `id` names the act and its texts
 */
import { EXPECTED } from './kinds.js';

/**
 * @param {NonNullable<ReturnType<typeof import('./model.js').readProcess>>} state
 * @returns {Suggestion}
 */
export function nextStep({ challenge, step, steps, sessions, used, items, published }) {
  if (!challenge) return { id: 'challenge', step };
  const here = steps[step - 1];
  const open = here.sessions.find(({ state }) => state === 'open');
  if (open) return { id: open.kind === 'collection' ? 'collect' : 'lead', step, session: open.id };
  const unread = sessions.find(({ id, state, notes, step: of }) => of === step && ['ended', 'closed'].includes(state) && notes > 0 && ![...used.keys()].some((key) => key.startsWith(`${id}/`)));
  if (unread) return { id: 'analyse', step, session: unread.id };
  const planned = here.sessions.find(({ state }) => state === 'planned');
  if (planned) return { id: 'begin', step, session: planned.id };
  const kind = EXPECTED[step];
  const lacks = !here.items.some((item) => item.kind === kind) && !items.some((item) => item.kind === kind);
  if (lacks && here.sessions.length === 0) return { id: 'session', step };
  const undecided = step === 5 && items.find((item) => item.kind === 'test' && item.state !== 'set-aside' && !leadsTo(item, 'decision', items));
  if (undecided) return { id: 'decide', step, item: undecided.id };
  if (lacks) return { id: 'produce', step, kind };
  if (!here.heard || !here.done) return { id: 'summarise', step };
  if (!published) return { id: 'publish', step };
  return step < 5 ? { id: 'onward', step: step + 1 } : { id: 'done', step };
}

/** Whether something of a kind came of an item, however many steps on. */
function leadsTo(item, kind, items) {
  const byID = new Map(items.map((each) => [each.id, each]));
  const seen = new Set();
  const visit = (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const each = byID.get(id);
    return each !== undefined && (each.kind === kind || each.to.some(visit));
  };
  return item.to.some(visit);
}
