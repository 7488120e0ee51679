import { el } from './dom.js';

/**
 * Has the browser save something as a file.
 *
 * @param {string} name
 * @param {Blob | string} content
 * @param {string} [type] of a text
 */
export function saveFile(name, content, type) {
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
