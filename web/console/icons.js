const SVG = 'http://www.w3.org/2000/svg';

/** Drawn for this console: strokes on a 24 × 24 grid. */
const PATHS = {
  plus: 'M12 5v14M5 12h14',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  cross: 'M6 6l12 12M18 6L6 18',
  copy: 'M8 8h12v12H8zM4 16V4h12',
  list: 'M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01',
  cup: 'M4 9h13v6a5 5 0 01-5 5H9a5 5 0 01-5-5zM17 11h1.500a2.500 2.500 0 010 5H17M8 3v2M12 3v2',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  undo: 'M8 5L4 9l4 4M4 9h10a5 5 0 010 10h-3',
  people: 'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 010 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500',
  link: 'M10 14a4 4 0 005.700 0l3-3A4 4 0 0013 5.300L11.500 6.800M14 10a4 4 0 00-5.700 0l-3 3A4 4 0 0011 18.700l1.500-1.500',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  hand: 'M7 12V6.500a1.500 1.500 0 013 0V11M10 11V4.500a1.500 1.500 0 013 0V11M13 11V5.500a1.500 1.500 0 013 0V12M16 9.500a1.500 1.500 0 013 0V15c0 4-2.500 6.500-6.500 6.500-3 0-4.500-1.500-6-4L4.300 13.800a1.500 1.500 0 012.500-1.500L8 14',
  screen: 'M3 5h18v12H3zM9 21h6M12 17v4',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  pause: 'M9 5v14M15 5v14',
  play: 'M7 5l12 7-12 7z',
  stop: 'M6 6h12v12H6z',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 017 0v3',
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement} hidden from screen readers: the words beside it, or the button's label, say it
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': name === 'grip' || name === 'more' ? '3' : '2',
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true', class: 'icon',
  })) svg.setAttribute(attribute, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
