/**
 * Reads the page's own address (protocol.md, Ways in).
 *
 * @param {{ pathname: string, hash: string }} location
 * @returns {{ page: 'start' | 'join' | 'participant' | 'observer' | 'facilitator' | 'helper' | 'screen' | 'process', code?: string,
 *   workshop?: string, link?: string, start?: string }} `link` and `start` are secrets from after the `#`
 */
export function readAddress({ pathname, hash }) {
  const pages = { j: 'join', w: 'participant', o: 'observer', f: 'facilitator', h: 'helper', s: 'screen', p: 'process' };
  const match = /^\/([jwofhsp])\/([^/]+)\/?$/.exec(pathname);
  if (!match) {
    const start = /^#start=([A-Za-z0-9_-]+)$/.exec(hash)?.[1];
    return { page: 'start', ...(start && { start }) };
  }
  const name = safeDecode(match[2]);
  if (match[1] === 'j') return { page: 'join', code: name };
  const link = /^#([A-Za-z0-9_-]{43})$/.exec(hash)?.[1];
  return { page: pages[match[1]], workshop: name, ...(link && { link }) };
}

function safeDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Sets the language in an address and leaves everything else, the part after `#` too.
 *
 * @param {string} href
 * @param {string} language
 * @returns {string}
 */
export function withLanguage(href, language) {
  const url = new URL(href);
  url.searchParams.set('lang', language);
  return url.href;
}
