/** Line drawings on a 24 × 24 grid, made as elements so that they take the text's colour and need no request. */
const PATHS = {
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  send: 'M12 19V5M6 11l6-6 6 6',
  pencil: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5',
  back: 'M9 7L4 12l5 5M4 12h11a5 5 0 0 1 0 10h-2',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-3.6 3-5.5 6.500-5.500s6.100 1.900 6.500 5.500M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.800c2 .7 3.200 2.500 3.500 5.200',
  move: 'M4 12h15M13 6l6 6-6 6',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3',
  eye: 'M2 12s3.600-6.500 10-6.500S22 12 22 12s-3.600 6.500-10 6.500S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  hidden: 'M4 4l16 16M9.900 5.800A10 10 0 0 1 12 5.500c6.400 0 10 6.500 10 6.500a17 17 0 0 1-3 3.700M6.300 7.700A16 16 0 0 0 2 12s3.600 6.500 10 6.500c1.600 0 3-.4 4.200-1M9.900 9.900a3 3 0 0 0 4.200 4.200',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  offline: 'M3 3l18 18M8.500 16a5 5 0 0 1 7 0M5 12.500a10 10 0 0 1 5-2.700M19 12.500a10 10 0 0 0-2.500-1.800M2 9a15 15 0 0 1 4.500-2.900M22 9a15 15 0 0 0-11-3.900M12 20h.01',
  hand: 'M7 13V6.500a1.500 1.500 0 0 1 3 0V12M10 11V4.500a1.500 1.500 0 0 1 3 0V11M13 11.500v-6a1.500 1.500 0 0 1 3 0V13M16 12V8.500a1.500 1.500 0 0 1 3 0V15c0 4-2.500 6.500-6.500 6.500-3 0-4.500-1.200-6-3.800L3.700 13.500a1.500 1.500 0 0 1 2.600-1.500L7.500 14',
  star: 'M12 4l2.400 5.200 5.600.7-4.200 3.900 1.100 5.600L12 16.600l-4.900 2.800 1.100-5.600L4 9.900l5.600-.7z',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500h.01',
  warning: 'M12 4L2.500 20h19zM12 10v4.500M12 17.300h.01',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  room: 'M3 20h18M5 20V5h10v15M15 8h4v12M11.500 12.500h.01',
  pause: 'M9 6v12M15 6v12',
  spotlight: 'M12 3v3M4.500 6.500l2 2M19.500 6.500l-2 2M8 13a4 4 0 1 1 8 0c0 1.700-1 2.500-1.500 3.500h-5C9 15.500 8 14.700 8 13zM10 20h4',
  stack: 'M5 8h14v11H5zM8 5h8',
};

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Draws an icon. It says nothing to a screen reader: the words stand beside it.
 *
 * @param {keyof typeof PATHS} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [attribute, value] of Object.entries({
    class: 'icon', viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': '2',
    'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true', focusable: 'false',
  })) svg.setAttribute(attribute, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
