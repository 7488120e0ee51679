/** What a device may ask of what the server holds about it, and how a whole workshop goes (protocol.md, P1, P2 and P6). */
import { RefusalError } from './workshop-client.js';

/**
 * Everything that the server holds about this device.
 *
 * @param {import('./workshop-client.js').WorkshopClient} client
 * @returns {Promise<any>}
 * @throws {RefusalError} by rejection: `gone` when it holds nothing, `network` when it cannot be asked
 */
export async function holdings(client) { return (await ask(client, 'GET', '/me')).json(); }

/** Has the server erase this device and all it contributed, and forgets it here. Throws `network`. */
export async function eraseMe(client) {
  await ask(client, 'DELETE', '/me').catch((error) => { if (error.code !== 'gone') throw error; });
  client.vanish(4502);
}

/** Has the server erase the whole workshop; for its facilitator. Throws as `holdings` does. */
export async function eraseWorkshop(client) {
  await ask(client, 'DELETE', '');
  client.vanish(4503);
}

async function ask(client, method, path) {
  let response;
  try {
    response = await fetch(`/api/workshops/${encodeURIComponent(client.workshop)}${path}`, { method, headers: { Authorization: `Bearer ${client.secret}` } });
  } catch {
    throw new RefusalError('network');
  }
  if (!response.ok) throw new RefusalError(response.status === 401 ? 'gone' : 'network');
  return response;
}
