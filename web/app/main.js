/** The first module of start, joining and taking part: reads the address, loads the words, shows the page. */
import { readAddress } from './address.js';
import { languageEvents, startTexts } from './i18n.js';

const root = document.getElementById('app');

/** Each page is loaded when it is needed, so that the first paint waits for no more than it shows. */
const pages = {
  start: () => import('../participant/start.js'),
  join: () => import('../participant/join.js'),
  participant: () => import('../participant/view.js'),
  observer: () => import('../participant/view.js'),
};

let leave = () => {};

/**
 * Shows the page that the address names.
 *
 * @param {object} [given] what one page hands to the next, such as a name typed before joining
 */
async function show(given = {}) {
  const address = readAddress(location);
  const page = await (pages[address.page] ?? pages.start)();
  leave();
  root.replaceChildren();
  leave = page.show(root, { ...address, ...given }, go) ?? (() => {});
}

/**
 * Goes to another of these pages without a load.
 *
 * @param {string} path
 * @param {{ replace?: boolean, given?: object }} [how]
 */
function go(path, { replace = false, given } = {}) {
  const { search } = location;
  history[replace ? 'replaceState' : 'pushState'](null, '', path.includes('?') ? path : path.replace(/(#|$)/, `${search}$1`));
  return show(given);
}

const page = (pages[readAddress(location).page] ?? pages.start)();
await Promise.all([startTexts(), page]);
await show();
window.addEventListener('popstate', () => show());
window.addEventListener('hashchange', () => show());
languageEvents.addEventListener('language', () => root.dispatchEvent(new Event('language')));
