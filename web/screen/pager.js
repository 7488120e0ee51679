import { el, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';

/** How long each page stays, in milliseconds. */
const STAYS = 12_000;

/**
 * Turns pages by itself, and says which one it is.
 *
 * @param {(page: number) => void} turned
 */
export function createPager(turned) {
  const element = el('p', { class: 'pager numbers', hidden: true });
  let count = 1;
  let timer = null;
  const pager = {
    element,
    page: 0,
    stop: () => clearInterval(timer),
    /** @param {number} pages at least 1; the page in view stays while it exists */
    setCount(pages) {
      const same = pages === count;
      count = pages;
      if (pager.page >= count) pager.page = 0;
      label();
      if (same && (timer !== null || count === 1)) return;
      clearInterval(timer);
      timer = count > 1 ? setInterval(next, STAYS) : null;
    },
  };
  function next() {
    pager.page = (pager.page + 1) % count;
    label();
    turned(pager.page);
  }
  function label() {
    element.hidden = count < 2;
    setText(element, t('screen.page', { page: pager.page + 1, count }));
  }
  return pager;
}
