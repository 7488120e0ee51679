/** Small helpers to make and renew elements without markup in strings: the page's policy forbids those. */

/**
 * Makes an element.
 *
 * @param {string} tag
 * @param {Record<string, any>} [properties] `class`, `text`, `dataset` (object), `on…` listeners; a boolean attribute by
 *   true or false; null and undefined are left out; everything else is an attribute
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name === 'text') element.textContent = value;
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/**
 * Loads a style sheet that the first paint does without.
 *
 * @param {string} href
 * @returns {Promise<void>} when its rules hold
 */
export function loadStyles(href) {
  return new Promise((resolve, reject) => {
    const link = el('link', { rel: 'stylesheet', href, onload: () => resolve(), onerror: () => { link.remove(); reject(new Error(href)); } });
    document.head.append(link);
  });
}

/** Sets a text only when it differs, so that a screen reader and a selection are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or removes an attribute, only when it differs. @param {Element} element @param {string} name @param {any} value */
export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else {
    const text = value === true ? '' : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

const keyOf = Symbol('key');

/**
 * Makes a parent's children match a list, by key. What stays is kept as it is, moved only where the order changed, and the
 * focus stays where it was.
 *
 * @template T
 * @param {Element} parent all of whose children this function owns
 * @param {readonly T[]} items
 * @param {{ key: (item: T) => string, create: (item: T) => Element, update?: (element: any, item: T) => void }} how
 *   `update` is called for new and kept elements alike
 */
export function reconcile(parent, items, { key, create, update = () => {} }) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const existing = new Map();
  for (const child of parent.children) existing.set(child[keyOf], child);
  const wanted = items.map((item) => {
    const itemKey = key(item);
    let child = existing.get(itemKey);
    if (child) existing.delete(itemKey);
    else {
      child = create(item);
      child[keyOf] = itemKey;
    }
    update(child, item);
    return child;
  });
  const next = existing.has(focused?.[keyOf]) ? neighbour(focused, existing) : null;
  for (const child of existing.values()) child.remove();
  let place = parent.firstElementChild;
  for (const child of wanted) {
    if (child === place) place = place.nextElementSibling;
    else parent.insertBefore(child, place);
  }
  if (focused && document.activeElement !== focused) {
    if (focused.isConnected) focused.focus({ preventScroll: true });
    else next?.focus({ preventScroll: true });
  }
}

/** Where the focus goes when what had it is gone: to the next thing beside it that stays. */
function neighbour(focused, leaving) {
  for (const step of ['nextElementSibling', 'previousElementSibling']) {
    for (let other = focused[step]; other; other = other[step]) {
      if (!leaving.has(other[keyOf])) return other.querySelector('button, a, input, [tabindex]') ?? other;
    }
  }
  return null;
}
