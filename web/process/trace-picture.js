import { t } from '../app/i18n.js';
import { layers } from './trace.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Sizes in the picture's own units, one to a pixel. */
const BOX = { width: 152, height: 46, gap: 12, between: 44 };
/** The room that a line takes where it passes a column. */
const LANE = 10;
/** Notes beyond these are one box that says how many there are: the outline names all. */
const NOTES = 12;
const LINE_CHARACTERS = 22;

/**
 * The same as the outlines, as one simple picture: notes at the left, what was made of them to the right.
 *
 * @param {import('./trace.js').Trace} trace
 * @returns {SVGElement} an image; the outline is its text
 */
export function drawPicture(trace) {
  const { columns, ways } = arranged(folded(layers(trace)));
  const places = new Map();
  const heights = columns.map((column) => column.reduce((sum, { isLane }) => sum + (isLane ? LANE : BOX.height) + BOX.gap, -BOX.gap));
  const height = Math.max(BOX.height, ...heights);
  columns.forEach((column, at) => {
    let y = (height - heights[at]) / 2;
    for (const { key, isLane } of column) {
      const own = isLane ? LANE : BOX.height;
      places.set(key, { x: at * (BOX.width + BOX.between), middle: y + own / 2, y });
      y += own + BOX.gap;
    }
  });
  const width = columns.length * (BOX.width + BOX.between) - BOX.between;
  const svg = make('svg', { viewBox: `-2 -2 ${width + 4} ${height + 4}`, width: width + 4, height: height + 4, role: 'img', 'aria-label': t('process.trace.pictureAbout'), class: 'picture' });
  for (const way of ways) svg.append(make('path', { class: 'picture__line', d: path(way.map((key) => places.get(key))) }));
  for (const column of columns) for (const each of column) if (!each.isLane) svg.append(box(each, places.get(each.key), each.key === trace.item));
  return svg;
}

/** From the right edge of the first box to the left edge of the last, straight across the columns between. */
function path([first, ...rest]) {
  let [x, y] = [first.x + BOX.width, first.middle];
  let drawn = `M${x} ${y}`;
  rest.forEach((place, index) => {
    const bend = (place.x - x) / 2;
    drawn += `C${x + bend} ${y} ${place.x - bend} ${place.middle} ${place.x} ${place.middle}`;
    [x, y] = [place.x, place.middle];
    if (index < rest.length - 1) drawn += `H${x += BOX.width}`;
  });
  return drawn;
}

/**
 * Gives each line a lane where it passes a column, and each column the order in which its lines cross least: beside what it
 * comes from.
 */
function arranged({ columns: given, lines }) {
  const columns = given.map((column) => [...column]);
  const at = new Map(columns.flatMap((column, index) => column.map(({ key }) => [key, index])));
  const before = new Map();
  const ways = lines.filter(({ from, to }) => at.get(from) < at.get(to)).map(({ from, to }) => {
    const way = [from];
    for (let column = at.get(from) + 1; column < at.get(to); column += 1) {
      const key = `${from} → ${to} @ ${column}`;
      columns[column].push({ key, isLane: true });
      way.push(key);
    }
    way.push(to);
    way.forEach((key, index) => { if (index > 0) before.set(key, [...(before.get(key) ?? []), way[index - 1]]); });
    return way;
  });
  columns.forEach((column, index) => {
    if (index === 0) return;
    const rank = new Map(columns[index - 1].map(({ key }, place) => [key, place]));
    const middle = ({ key }) => {
      const earlier = (before.get(key) ?? []).map((each) => rank.get(each)).filter((place) => place !== undefined);
      return earlier.length > 0 ? earlier.reduce((sum, place) => sum + place, 0) / earlier.length : Infinity;
    };
    columns[index] = column.map((each) => [middle(each), each]).sort(([a], [b]) => (a === b ? 0 : a - b)).map(([, each]) => each);
  });
  return { columns, ways };
}

/** More notes than the picture has room for stand together in one box. */
function folded({ columns, lines }) {
  const [notes = [], ...rest] = columns;
  if (notes.length === 0) return { columns: rest, lines };
  if (notes.length <= NOTES) return { columns, lines };
  const kept = new Set(notes.slice(0, NOTES - 1).map(({ key }) => key));
  const beyond = new Set(notes.filter(({ key }) => !kept.has(key)).map(({ key }) => key));
  const more = { type: 'more', key: 'more', data: { count: beyond.size } };
  return { columns: [[...notes.filter(({ key }) => kept.has(key)), more], ...rest], lines: lines.map(({ from, to }) => ({ from: beyond.has(from) ? 'more' : from, to })) };
}

function box({ type, data }, { x, y }, isThis) {
  const group = make('g', { class: `picture__box${isThis ? ' picture__box--this' : ''}`, 'data-kind': type === 'item' ? data.kind : 'note', 'data-state': data.state ?? '' });
  group.append(make('rect', { x, y, width: BOX.width, height: BOX.height, rx: 8 }));
  const words = type === 'more' ? t('process.trace.more', { count: data.count }) : data.text ?? t(`process.trace.${data.state ?? 'erased'}`);
  const head = type === 'item' ? t(`process.kind.${data.kind}`) : '';
  const text = wrapped(words, head ? 1 : 2);
  const top = y + (head ? 18 : text.length > 1 ? 19 : 28);
  if (head) group.append(label(x + 10, top, head, 'picture__head'));
  text.forEach((line, index) => group.append(label(x + 10, top + (head ? 17 : 0) + index * 16, line, 'picture__text')));
  return group;
}

/** @param {string} words @param {number} most lines @returns {string[]} */
function wrapped(words, most) {
  const lines = [''];
  for (const word of words.split(/\s+/)) {
    const longer = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (longer.length <= LINE_CHARACTERS || !lines.at(-1)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const shown = lines.slice(0, most).map((line) => (line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS - 1)}…` : line));
  if (lines.length > most) shown[most - 1] = `${shown[most - 1].replace(/…$/, '').slice(0, LINE_CHARACTERS - 1)}…`;
  return shown;
}

function label(x, y, text, className) {
  const element = make('text', { x, y, class: className });
  element.textContent = text;
  return element;
}

function make(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
