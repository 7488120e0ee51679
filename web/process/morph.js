/**
 * Makes what stands on the page like what was just made, changing only what differs: the focus, a selection, and a screen
 * reader's place stay where they are. Elements with `data-key` are the same thing wherever they stand.
 */

const ACT = Symbol('act');

/** Has a press on an element do something, also after the element was made like a newer one. @template {Element} T @param {T} element @param {() => void} act @returns {T} */
export function pressed(element, act) {
  element[ACT] = act;
  return element;
}

/** Listens once for all presses below a root. @param {Element} root */
export function listen(root) {
  for (const type of ['click', 'change']) {
    root.addEventListener(type, (event) => {
      for (let node = event.target; node && node !== root.parentElement; node = node.parentElement) {
        if (!node[ACT]) continue;
        if (node.matches('input, select') !== (type === 'change')) return;
        // With a modifier a link opens where the browser thinks best.
        if (node.matches('a') && (event.ctrlKey || event.metaKey || event.shiftKey || event.button)) return;
        if (node.matches('a')) event.preventDefault();
        node[ACT](event);
        return;
      }
    });
  }
}

/**
 * @param {Element} parent
 * @param {readonly Node[]} wanted what its children are to look like; its nodes may be taken over
 */
export function render(parent, wanted) {
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const around = focused ? keysAround(focused, parent) : [];
  children(parent, wanted);
  if (!focused || document.activeElement === focused) return;
  if (focused.isConnected) focused.focus({ preventScroll: true });
  else refocus(parent, around);
}

/** The keys of an element and of what it stands in, from the inside out. */
function keysAround(element, root) {
  const keys = [];
  for (let node = element; node && node !== root; node = node.parentElement) if (keyOf(node)) keys.push(keyOf(node));
  return keys;
}

/** What had the focus is gone, such as the button that did away with itself: to what takes its place, or to the heading over it. */
function refocus(root, keys) {
  const place = keys.map((key) => root.querySelector(`[data-key="${CSS.escape(key)}"]`)).find(Boolean);
  const target = place?.matches('a, button, input, summary') ? place : (place ?? root).querySelector('[tabindex="-1"]');
  target?.focus({ preventScroll: true });
}

function children(parent, wanted) {
  const keyed = new Map();
  const plain = [];
  for (const child of parent.childNodes) {
    if (keyOf(child)) keyed.set(keyOf(child), child);
    else plain.push(child);
  }
  let place = parent.firstChild;
  for (const fresh of wanted) {
    const key = keyOf(fresh);
    let old = key ? keyed.get(key) : plain.find((child) => isLike(child, fresh));
    if (old && isLike(old, fresh)) {
      if (key) keyed.delete(key);
      else plain.splice(plain.indexOf(old), 1);
      patch(old, fresh);
    } else old = fresh;
    if (old === place) place = place.nextSibling;
    else parent.insertBefore(old, place);
  }
  for (const child of [...keyed.values(), ...plain]) child.remove();
}

const keyOf = (node) => node.dataset?.key;
/** Without keys, elements of another block (the first word of their class) are other things. */
const isLike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b) && (keyOf(a) !== undefined || a.classList?.[0] === b.classList?.[0]);

function patch(old, fresh) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) return;
  for (const { name } of [...old.attributes]) {
    // Whether a disclosure is open is up to who reads.
    if (!fresh.hasAttribute(name) && !(name === 'open' && old.nodeName === 'DETAILS')) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name === 'open' && old.nodeName === 'DETAILS') continue;
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  old[ACT] = fresh[ACT];
  if (old.nodeName === 'INPUT' && ['checkbox', 'radio'].includes(old.type)) old.checked = fresh.checked;
  else if (old.nodeName === 'SELECT') {
    children(old, [...fresh.childNodes]);
    old.value = fresh.value;
    return;
  }
  children(old, [...fresh.childNodes]);
}
