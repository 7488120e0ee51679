/** What the process page asks the server beside its channels (protocol.md, A and Q). */
import { derive } from '../app/digest.js';
import { RefusalError, WorkshopClient } from '../app/workshop-client.js';

/** How long a session's server may take to let this page in, in milliseconds. */
const PATIENCE = 15_000;

/**
 * The link that opens a session. The owner's follows from the process' link, so nothing needs to be kept; everybody else
 * comes with the link they have here, and the session asks the process who that is.
 *
 * @param {{ client: WorkshopClient, link?: string }} desk
 * @param {{ id: string }} session
 * @returns {string} a secret
 */
export function sessionLink({ client, link }, { id }) {
  const own = client.links?.facilitator;
  return own ? derive(own, `session/${id.slice(1)}`) : link;
}

/** The address of a session's console, or of its board for who only reads. @returns {string} */
export function sessionAddress(desk, session) {
  const letter = { facilitator: 'f', helper: 'h' }[desk.client.role] ?? 'o';
  return `/${letter}/${session.workshop}${location.search.replace(/[?&](view|item|session)=[^&]*/g, '').replace(/^&/, '?')}#${sessionLink(desk, session)}`;
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

/** A session's board as it stands now: what everybody there may see. @returns {Promise<any>} (docs/results.schema.json) */
export const sessionBoard = (desk, session) => ask(`/api/workshops/${encodeURIComponent(session.workshop)}/results.json`, sessionLink(desk, session));

/** @returns {Promise<any>} where an item comes from and what came of it */
export const traceOf = ({ client }, item) => ask(`/api/processes/${encodeURIComponent(client.workshop)}/trace/${item}`, client.secret);

/** Makes a session of the process. @param {{ step: number, kind: string, template: string, title: string, language: string, closesAt?: number }} how */
export const addSession = ({ client }, how) => ask('/api/workshops', client.secret, { process: client.workshop, ...how });

/** @param {string} workshop @returns {Promise<any>} what everybody may see; `not-found` until it is published */
export const publicPage = (workshop) => ask(`/api/processes/${encodeURIComponent(workshop)}/public`);

/**
 * Has a session take over what was found earlier: a short conversation with the session, as its facilitator.
 *
 * @param {{ workshop: string }} session
 * @param {object[]} origins notes, clusters or items
 * @returns {Promise<void>} when it is on the board
 * @throws {RefusalError} by rejection
 */
export function carry(desk, session, origins) {
  return new Promise((resolve, reject) => {
    const client = new WorkshopClient({ workshop: session.workshop, link: sessionLink(desk, session), place: 'f' });
    const done = (settle, value) => {
      clearTimeout(timer);
      client.stop();
      settle(value);
    };
    const timer = setTimeout(() => done(reject, new RefusalError('unavailable')), PATIENCE);
    client.addEventListener('welcome', () => {
      client.send('notes.carry', { origins }).then(() => done(resolve), (refusal) => done(reject, refusal));
    }, { once: true });
    client.addEventListener('status', () => { if (client.status === 'closed') done(reject, new RefusalError(client.closeReason ?? 'not-found')); });
    client.start();
  });
}
