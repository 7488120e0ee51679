import { el, loadStyles } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { mapMarks, ringZones, stepsOf } from '../app/map.js';

const SVG = 'http://www.w3.org/2000/svg';
/** The drawing's side and a mark's radius, in its own units. */
const SIDE = 400;
const MARK = 10;

let styles = null;

/**
 * A matrix with its axes, or a centre with its rings, where each note is a numbered mark: the second rendering of a board
 * whose notes stand as a list beside it, with the same numbers. To a screen reader it is one picture with a name.
 */
export class BoardPicture {
  element = el('figure', { class: 'picture' });
  #shown = '';

  /** When its style sheet is here, or cannot be had just now. @type {Promise<void>} */
  ready = styles ??= loadStyles('/components/board-picture.css').catch(() => { styles = null; });

  /**
   * @param {{ id: string, board: any, notes: readonly { id: string, entry: any }[], rounds?: readonly { entry: any }[], language?: string }} content
   *   `notes` in the order in which they are numbered
   */
  draw({ id, board, notes, rounds = [], language = '' }) {
    const marks = board.structure === 'matrix' ? mapMarks(id, board, notes, rounds) : ringMarks(board, notes);
    const papers = notes.map(({ entry }) => entry.paper);
    const shown = JSON.stringify([board, marks, papers, language, t('common.picture')]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const drawing = board.structure === 'matrix' ? drawMap(board) : drawRings(board);
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', t('common.picture', { name: board.name }));
    drawing.append(...marks.flatMap((mark, index) => drawMark(mark, papers[index], board.structure === 'matrix')));
    this.element.lang = language;
    this.element.replaceChildren(drawing);
  }
}

/** @returns {SVGElement} */
function shape(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  element.append(...children);
  return element;
}

const words = (x, y, text, attributes = {}) => shape('text', { x, y, ...attributes }, text);

// MARK: The map

const LEFT = 46;
const TOP = 8;
const PLANE = SIDE - LEFT - 8;
const mapX = (share) => LEFT + share * PLANE;
const mapY = (share) => TOP + (1 - share) * PLANE;

function drawMap({ columns, axes, structure }) {
  const steps = stepsOf({ columns, structure });
  const bottom = TOP + PLANE;
  const drawing = shape('svg', { viewBox: `0 0 ${SIDE} ${SIDE + 2}`, class: 'picture__drawing' },
    shape('rect', { x: LEFT, y: TOP, width: PLANE, height: PLANE, class: 'picture__plane' }));
  for (let step = 1; step < steps.across; step += 1) drawing.append(shape('line', { x1: mapX(step / steps.across), x2: mapX(step / steps.across), y1: TOP, y2: bottom, class: 'picture__line' }));
  for (let step = 1; step < steps.up; step += 1) drawing.append(shape('line', { y1: mapY(step / steps.up), y2: mapY(step / steps.up), x1: LEFT, x2: LEFT + PLANE, class: 'picture__line' }));
  drawing.append(shape('path', { d: `M${LEFT} ${TOP}V${bottom}H${LEFT + PLANE}`, class: 'picture__axis' }));
  for (let step = 1; step <= steps.across; step += 1) drawing.append(words(mapX((step - 0.5) / steps.across), bottom + 14, step, { class: 'picture__step' }));
  for (let step = 1; step <= steps.up; step += 1) drawing.append(words(LEFT - 9, mapY((step - 0.5) / steps.up) + 4, step, { class: 'picture__step' }));
  const under = bottom + 36;
  drawing.append(words(LEFT + PLANE / 2, under, axes.across.name, { class: 'picture__name' }),
    words(LEFT, under, axes.across.low, { class: 'picture__end picture__end--start' }),
    words(LEFT + PLANE, under, axes.across.high, { class: 'picture__end picture__end--last' }));
  const beside = (place, text, name) => words(0, 0, text, { class: name, transform: `translate(18 ${place}) rotate(-90)` });
  drawing.append(beside(TOP + PLANE / 2, axes.up.name, 'picture__name'), beside(bottom, axes.up.low, 'picture__end picture__end--start'),
    beside(TOP, axes.up.high, 'picture__end picture__end--last'));
  return drawing;
}

// MARK: Rings

/** How far a mark stands from a name beside the centre, in radians. */
const ASIDE = 0.45;
const MIDDLE = SIDE / 2;
const EDGE = SIDE / 2 - 4;

/** @param {number} angle clockwise from the top @param {number} radius from 0 to 1 */
const onRing = (angle, radius) => ({ x: MIDDLE + Math.sin(angle) * radius * EDGE, y: MIDDLE - Math.cos(angle) * radius * EDGE });

/** Whether a part is its whole ring; and whether its middle lies beside the centre, where a name has only the ring's width. */
const isWhole = ({ from, to }) => to - from > 6;
const isBeside = ({ from, to }) => !isWhole({ from, to }) && Math.abs(Math.cos((from + to) / 2)) < 0.5;

function drawRings(board) {
  const zones = ringZones(board);
  const drawing = shape('svg', { viewBox: `0 0 ${SIDE} ${SIDE}`, class: 'picture__drawing' });
  const rings = Math.max(...zones.map(({ ring }) => ring));
  for (let ring = rings; ring >= 0; ring -= 1) {
    drawing.append(shape('circle', { cx: MIDDLE, cy: MIDDLE, r: EDGE * (ring + 1) / (rings + 1), class: `picture__ring${ring % 2 ? ' picture__ring--odd' : ''}` }));
  }
  for (const { from, to, inner, outer } of zones) {
    if (isWhole({ from, to })) continue;
    const [a, b] = [onRing(from, inner), onRing(from, outer)];
    drawing.append(shape('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: 'picture__line' }));
  }
  for (const { name, ring, from, to, inner, outer } of zones) {
    const middle = isWhole({ from, to }) ? 0 : (from + to) / 2;
    const beside = isBeside({ from, to });
    const spot = onRing(middle, beside ? (inner + outer) / 2 : outer);
    const lines = wrap(name, ring === 0 ? 12 : beside ? 9 : 16);
    // Inwards from the edge: down from the top, up from the bottom; beside the centre, in the middle of the ring.
    const down = beside ? 4 - 6 * (lines.length - 1) : spot.y <= MIDDLE ? 15 : -6 - 12 * (lines.length - 1);
    const aside = isWhole({ from, to }) || beside ? 0 : -Math.sin(middle) * 34;
    lines.forEach((line, index) => drawing.append(words(spot.x + aside, spot.y + down + index * 12, line, { class: 'picture__zone' })));
  }
  return drawing;
}

/** Spreads each place's notes over its part of the rings, clear of its name. */
function ringMarks(board, notes) {
  const zones = new Map(ringZones(board).map((zone) => [zone.id, { zone, notes: [] }]));
  const [first] = zones.values();
  notes.forEach((note, index) => (zones.get(note.entry.column) ?? first).notes.push({ id: note.id, number: index + 1 }));
  const marks = [...zones.values()].flatMap(({ zone, notes: here }) => {
    if (zone.ring === 0) {
      // Beneath the name, in rows as wide as the circle.
      const wide = Math.max(1, Math.floor(zone.outer * EDGE * 1.5 / (2 * MARK + 2)));
      return here.map((note, index) => {
        const row = Math.floor(index / wide);
        const inRow = Math.min(wide, here.length - row * wide);
        return { ...note, x: MIDDLE + ((index % wide) - (inRow - 1) / 2) * (2 * MARK + 2), y: MIDDLE + 6 + row * (2 * MARK + 2), spread: null };
      });
    }
    const room = (zone.outer - zone.inner) * EDGE;
    const rows = Math.max(1, Math.floor((room - 16) / (2 * MARK + 2)));
    // As many rows as it takes, the innermost first: a name stands at the outer edge.
    const fit = Math.max(1, Math.floor((zone.to - zone.from) * (zone.inner * EDGE + MARK) / (2 * MARK + 4)));
    const used = Math.min(rows, Math.ceil(here.length / fit));
    const gap = isWhole(zone) ? Math.PI / 5 : 0;
    const middle = (zone.from + zone.to) / 2;
    return here.map((note, index) => {
      const row = index % used;
      const inRow = Math.ceil((here.length - row) / used);
      const share = (Math.floor(index / used) + 0.5) / inRow;
      let angle = zone.from + gap + share * (zone.to - zone.from - 2 * gap);
      // Around the name, where that stands in the way.
      if (isBeside(zone)) angle += (angle <= middle ? -1 : 1) * ASIDE * (1 - Math.abs(angle - middle) / (middle - zone.from));
      const one = isWhole(zone) && rows === 1 ? room / 2 : MARK + 3 + row * (2 * MARK + 2);
      return { ...note, ...onRing(angle, zone.inner + one / EDGE), spread: null };
    });
  });
  return marks.sort((a, b) => a.number - b.number);
}

/** A name on at most two lines. */
function wrap(text, length) {
  if (text.length <= length || !text.includes(' ')) return [text];
  const parts = text.split(' ');
  let first = parts.shift();
  while (parts.length > 1 && `${first} ${parts[0]}`.length <= Math.max(length, text.length / 2)) first += ` ${parts.shift()}`;
  return [first, parts.join(' ')];
}

// MARK: Marks

function drawMark({ x, y, number, spread }, paper, isMap) {
  const [cx, cy] = isMap ? [mapX(x), mapY(y)] : [x, y];
  return [
    spread && (spread.x > 0.005 || spread.y > 0.005)
      && shape('ellipse', { cx, cy, rx: Math.max(MARK, spread.x * PLANE), ry: Math.max(MARK, spread.y * PLANE), class: 'picture__spread' }),
    shape('g', { class: 'picture__mark note-paper', 'data-paper': paper ?? 'sun', 'data-number': number },
      shape('circle', { cx, cy, r: MARK }), words(cx, cy + 4, number)),
  ].filter(Boolean);
}
