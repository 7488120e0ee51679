/**
 * Lets notes glide to their new place when the board is rearranged, so that eyes can follow. Nothing moves for those who
 * asked for less motion, and not when very much changes at once.
 *
 * @param {HTMLElement} root
 */
export function settle(root) {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let places = new Map();
  let size = '';
  const things = () => root.querySelectorAll('.slip, .tray');
  const measure = () => `${innerWidth} ${root.clientWidth}`;
  return {
    before() {
      places = new Map();
      size = measure();
      if (calm.matches || !root.offsetParent) return;
      const all = things();
      if (all.length > 250) return;
      for (const thing of all) places.set(thing.dataset.note ?? thing.dataset.cluster, thing.getBoundingClientRect());
    },
    after() {
      if (places.size === 0 || size !== measure()) return;
      const moved = [];
      for (const thing of root.querySelectorAll('.slip')) {
        const was = places.get(thing.dataset.note);
        if (!was) {
          thing.animate([{ opacity: 0, transform: 'scale(.94)' }, { opacity: 1, transform: 'none' }], { duration: 180, easing: 'ease-out' });
          continue;
        }
        const is = thing.getBoundingClientRect();
        const [x, y] = [was.left - is.left, was.top - is.top];
        if (Math.abs(x) + Math.abs(y) > 1) moved.push([thing, x, y]);
      }
      for (const [thing, x, y] of moved) {
        thing.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], { duration: 190, easing: 'cubic-bezier(.2, .7, .2, 1)' });
      }
    },
  };
}
