/** Which of the process page's views the address names. The part after `#` is a secret and stays as it is. */

/**
 * @param {{ search: string }} location
 * @returns {{ view: 'overview' | 'items' | 'item' | 'session', item?: string, session?: string }}
 */
export function readRoute({ search }) {
  const asked = new URLSearchParams(search);
  const item = asked.get('item');
  const session = asked.get('session');
  if (/^i\d+$/.test(item ?? '')) return { view: 'item', item };
  if (/^s\d+$/.test(session ?? '')) return { view: 'session', session };
  return { view: asked.get('view') === 'items' ? 'items' : 'overview' };
}

/**
 * @param {{ view?: string, item?: string, session?: string }} route
 * @param {{ pathname: string, search: string, hash: string }} [from]
 * @returns {string} an address of this page that keeps language and link
 */
export function routeAddress({ view, item, session }, { pathname, search, hash } = location) {
  const lang = new URLSearchParams(search).get('lang');
  const parts = new URLSearchParams();
  if (item) parts.set('item', item);
  else if (session) parts.set('session', session);
  else if (view === 'items') parts.set('view', 'items');
  if (lang) parts.set('lang', lang);
  const query = parts.toString();
  return `${pathname}${query && `?${query}`}${hash}`;
}
