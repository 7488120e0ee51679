/** What the process page asks the server beside its channels (protocol.md, A and Q). */
import { derive } from '../app/digest.js';
import { makeSecret } from '../app/identity.js';
import { RefusalError, WorkshopClient } from '../app/workshop-client.js';
import { readTrace } from './trace.js';

/** How long a session's server may take to let this page in, in milliseconds. */
const PATIENCE = 15_000;

/**
 * The link that opens a session. Of those that the owner made, it follows from the owner's link, so nothing needs to be kept;
 * everybody else who runs the process is let in by the link they have here.
 *
 * @param {{ client: WorkshopClient, link?: string }} desk
 * @param {{ id: string, by?: string }} session
 * @returns {string} a secret
 */
export const sessionLink = (desk, { id, by }) => (isOwner(desk) && !by ? derive(desk.link, `session/${id.slice(1)}`) : desk.link);

/** Whether one came by the owner's link: the others that follow from it are told to nobody else. @returns {boolean} */
export const isOwner = ({ client }) => Boolean(client.links?.helper);

/** The address of a session's console, or of a helper's page there. @returns {string} */
export function sessionAddress(desk, session) {
  const lang = new URLSearchParams(location.search).get('lang');
  return `/${desk.client.role === 'helper' ? 'h' : 'f'}/${session.workshop}${lang ? `?lang=${encodeURIComponent(lang)}` : ''}#${sessionLink(desk, session)}`;
}

/** @param {string} path @param {string} [secret] @param {object} [body] @returns {Promise<any>} @throws {RefusalError} by rejection */
export async function ask(path, secret, body) {
  let response;
  try {
    response = await fetch(path, {
      method: body ? 'POST' : 'GET', ...(body && { body: JSON.stringify(body) }),
      headers: { ...(secret && { Authorization: `Bearer ${secret}` }), ...(body && { 'Content-Type': 'application/json' }) },
    });
  } catch {
    throw new RefusalError('network');
  }
  if (response.ok) return response.json();
  const told = await response.json().catch(() => ({}));
  throw new RefusalError(response.status === 404 ? 'not-found' : told.error ?? 'unavailable');
}

const processPath = ({ client }, rest) => `/api/processes/${encodeURIComponent(client.workshop)}/${rest}`;

/** What can be picked from a session as it stands now: notes and clusters that everybody there may see. @returns {Promise<any>} */
export const materialOf = (desk, session) => ask(processPath(desk, `material/${session}`), desk.client.secret);

/** @returns {Promise<import('./trace.js').Trace>} where an item comes from and what came of it */
export const traceOf = (desk, item) => ask(processPath(desk, `trace/${item}`), desk.client.secret).then(readTrace);

/**
 * Makes a session of the process. Its links follow from the link that is shown here (protocol.md, Q).
 *
 * @param {{ step: number, kind: string, template: string, title: string, language: string, closesAt?: number, request?: string }} how
 *   `request` makes asking again, after an answer that was lost, the same session
 */
export const addSession = ({ client, link }, how) => ask('/api/workshops', link, { process: client.workshop, ...how });

/** @returns {string} for one wish of a new session */
export const newRequest = () => makeSecret().slice(0, 22);

/** @param {string} workshop @returns {Promise<any>} what everybody may see; `not-found` until it is published */
export const publicPage = (workshop) => ask(`/api/processes/${encodeURIComponent(workshop)}/public`);

/**
 * Has a session's current board take over what was found earlier; on a board with places, in the first, from where it can be
 * moved.
 *
 * @param {object[]} origins notes, clusters or items
 */
export const carry = (desk, session, origins) => tell(desk, session, 'notes.carry', (client) => {
  const column = client.get(`board/${client.get('phase').board}`)?.columns[0]?.id;
  return { origins, ...(column && { column }) };
});

/** Sets until when a collection is open. @param {number | null} at milliseconds */
export const setClosing = (desk, session, at) => tell(desk, session, 'closing.set', () => ({ at }));

/**
 * A short conversation with a session, as its facilitator.
 *
 * @param {{ id: string, workshop: string }} session
 * @param {string} type of a command
 * @param {(client: WorkshopClient) => Record<string, any>} members made once the session's entries are here
 * @returns {Promise<void>} when it is stored there
 * @throws {RefusalError} by rejection
 */
function tell(desk, session, type, members) {
  return new Promise((resolve, reject) => {
    const client = new WorkshopClient({ workshop: session.workshop, link: sessionLink(desk, session), place: 'f' });
    const done = (settle, value) => {
      clearTimeout(timer);
      client.stop();
      settle(value);
    };
    const timer = setTimeout(() => done(reject, new RefusalError('unavailable')), PATIENCE);
    let isAsked = false;
    client.addEventListener('change', () => {
      if (isAsked || client.status !== 'live' || !client.get('phase')) return;
      isAsked = true;
      client.send(type, members(client)).then(() => done(resolve), (refusal) => done(reject, refusal));
    });
    client.addEventListener('status', () => { if (client.status === 'closed') done(reject, new RefusalError(client.closeReason ?? 'not-found')); });
    client.start();
  });
}
