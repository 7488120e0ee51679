/**
 * A button that opens a short list of things to do (ARIA Authoring Practices, *Menu Button*): Enter, Space and ↓ open at the
 * first, ↑ at the last; arrows, Home, End and first letters move; Escape and Tab close.
 */
import { el } from '../app/dom.js';

/** @typedef {{ label: string, act: () => void, kind?: 'danger', checked?: boolean }} Item */

let open = null;

/**
 * @param {object} menu
 * @param {Node} menu.face what stands on the button
 * @param {string} [menu.className]
 * @param {() => (Item | null | false)[]} menu.items made when the menu opens, so that they fit the moment
 * @returns {HTMLButtonElement} set its `aria-label` yourself
 */
export function createActionMenu({ face, className = 'button button--quiet button--icon', items }) {
  const button = /** @type {HTMLButtonElement} */ (el('button', { class: className, type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' }, face));
  button.addEventListener('click', () => (open?.button === button ? close(true) : show(button, items, 0)));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    show(button, items, event.key === 'ArrowDown' ? 0 : -1);
  });
  return button;
}

function show(button, items, at) {
  close(false);
  const choices = items().filter(Boolean).map((item) => el('button', {
    class: item.kind === 'danger' ? 'menu__item menu__item--danger' : 'menu__item', type: 'button', role: 'menuitem', tabindex: '-1', text: item.label,
    onclick: () => { close(true); item.act(); },
  }));
  if (choices.length === 0) return;
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': button.getAttribute('aria-label') }, ...choices);
  menu.addEventListener('keydown', (event) => steer(event, choices));
  menu.addEventListener('focusout', ({ relatedTarget }) => { if (open && !menu.contains(relatedTarget)) close(false); });
  // A dialog lies above the page, so its menus belong inside it.
  (button.closest('dialog') ?? document.body).append(menu);
  button.setAttribute('aria-expanded', 'true');
  open = { menu, button };
  place(menu, button);
  choices.at(at).focus({ preventScroll: true });
  addEventListener('pointerdown', pressedOutside, true);
  addEventListener('scroll', scrolled, true);
  addEventListener('resize', scrolled);
}

const pressedOutside = ({ target }) => {
  if (open && !open.menu.contains(target) && !open.button.contains(target)) close(false);
};
/** The menu stays with its button while the page under it moves. */
const scrolled = () => { if (open) place(open.menu, open.button); };

function close(refocus) {
  if (!open) return;
  const { menu, button } = open;
  open = null;
  removeEventListener('pointerdown', pressedOutside, true);
  removeEventListener('scroll', scrolled, true);
  removeEventListener('resize', scrolled);
  menu.remove();
  button.setAttribute('aria-expanded', 'false');
  if (refocus) button.focus({ preventScroll: true });
}

function steer(event, choices) {
  const at = choices.indexOf(document.activeElement);
  if (event.key === 'Escape' || event.key === 'Tab') {
    if (event.key === 'Escape') event.preventDefault();
    event.stopPropagation();
    close(true);
    return;
  }
  const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key.toLocaleLowerCase() : null;
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key]
    ?? (letter && letter !== ' ' ? nextStarting(choices, at, letter) : undefined);
  if (to === undefined || to === null) return;
  event.preventDefault();
  choices[(to + choices.length) % choices.length].focus();
}

function nextStarting(choices, at, letter) {
  const turned = [...choices.slice(at + 1), ...choices.slice(0, at + 1)];
  const found = turned.find((choice) => choice.textContent.toLocaleLowerCase().startsWith(letter));
  return found ? choices.indexOf(found) : undefined;
}

/** Below the button, or above it where there is no room; always within the window. */
function place(menu, button) {
  const from = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(from.right - width, innerWidth - width - 8));
  const below = from.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, from.top - height - 4) : below;
  menu.style.setProperty('left', `${left}px`);
  menu.style.setProperty('top', `${top}px`);
}
