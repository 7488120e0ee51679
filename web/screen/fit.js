/**
 * Fits notes to the wall without cutting one: each flow is laid out in columns of a fixed height, so what does not fit runs
 * into further columns to the side, and turning a page is a step sideways.
 *
 * @typedef {{ view: HTMLElement, flow: HTMLElement }} Flow `view` is the window, `flow` the columns behind it
 *
 * @param {Flow[]} flows all are shown at once and turn together
 * @param {[columns: number, size: number][]} steps how many columns in each flow, and the type's size in vw; the first that
 *   needs no second page is taken, or else the last
 * @returns {{ count: number, show: (page: number) => void }}
 */
export function fitPages(flows, steps) {
  let pages = [];
  for (let step = 0; step < steps.length; step += 1) {
    pages = flows.map((flow) => layOut(flow, ...steps[step]));
    const most = Math.max(...pages);
    if (most === 1) break;
    // So much that no size will do: straight to the last, since laying out hundreds of notes takes its time.
    if (most > 3) step = Math.max(step, steps.length - 2);
  }
  return {
    count: Math.max(1, ...pages),
    show(page) {
      flows.forEach(({ view, flow }, index) => {
        const at = Math.min(page, pages[index] - 1);
        const gap = Number.parseFloat(getComputedStyle(flow).columnGap) || 0;
        flow.style.setProperty('translate', `${-at * (view.clientWidth + gap)}px 0`);
        markContinued(flow);
        for (const child of flow.querySelectorAll('.note')) child.toggleAttribute('data-off', !isWithin(child, view));
      });
    },
  };
}

function layOut({ view, flow }, columns, size) {
  flow.style.setProperty('--size', `${size}vw`);
  flow.style.setProperty('column-count', String(columns));
  flow.style.setProperty('block-size', `${view.clientHeight}px`);
  const gap = Number.parseFloat(getComputedStyle(flow).columnGap) || 0;
  // A pixel of rounding is not a page.
  return Math.max(1, Math.ceil((flow.scrollWidth + gap - 2) / (view.clientWidth + gap)));
}

/** Where a tray runs on into another column, its name stands there too. The room for it is there already, so nothing moves. */
function markContinued(flow) {
  for (const tray of flow.querySelectorAll('.wall-tray')) {
    let column = null;
    for (const note of tray.querySelectorAll('.note-place')) {
      const { offsetLeft } = note;
      if (column !== null && offsetLeft !== column) note.dataset.continues = tray.firstElementChild.textContent;
      else delete note.dataset.continues;
      column = offsetLeft;
    }
  }
}

/** What is on another page is kept from screen readers' and tests' idea of what is in view. */
function isWithin(child, view) {
  const a = child.getBoundingClientRect();
  const b = view.getBoundingClientRect();
  return a.right > b.left + 1 && a.left < b.right - 1;
}
