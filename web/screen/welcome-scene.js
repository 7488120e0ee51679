import { createJoinCard } from '../components/join-card.js';

/** Before anything is written: the way in, as large as the wall allows, so that the back row can scan it too. */
export function createWelcomeScene() {
  const card = createJoinCard();
  card.element.classList.add('join--wall');
  return { element: card.element, render: ({ door }) => card.render(door) };
}
