import { t } from '../app/i18n.js';
import { layers } from './trace.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Sizes in the picture's own units, about one to a pixel. */
const BOX = { width: 168, height: 46, gap: 12, between: 64 };
/** Notes beyond these are one box that says how many there are: the outline names all. */
const NOTES = 12;
const LINE_CHARACTERS = 25;

/**
 * The same as the outlines, as one simple picture: notes at the left, what was made of them to the right.
 *
 * @param {any} trace the answer of `…/trace/ITEM`
 * @returns {SVGElement} an image; the outline is its text
 */
export function drawPicture(trace) {
  const { columns, lines } = folded(layers(trace));
  const rows = Math.max(1, ...columns.map((column) => column.length));
  const height = rows * (BOX.height + BOX.gap) - BOX.gap;
  const places = new Map();
  columns.forEach((column, at) => {
    const own = column.length * (BOX.height + BOX.gap) - BOX.gap;
    column.forEach(({ key }, index) => places.set(key, { x: at * (BOX.width + BOX.between), y: (height - own) / 2 + index * (BOX.height + BOX.gap) }));
  });
  const width = columns.length * (BOX.width + BOX.between) - BOX.between;
  const svg = make('svg', { viewBox: `-2 -2 ${width + 4} ${height + 4}`, width: width + 4, height: height + 4, role: 'img', 'aria-label': t('process.trace.pictureAbout'), class: 'picture' });
  for (const { from, to } of lines) {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) continue;
    const [x, y, toX, toY] = [a.x + BOX.width, a.y + BOX.height / 2, b.x, b.y + BOX.height / 2];
    const bend = Math.max(24, (toX - x) / 2);
    svg.append(make('path', { class: 'picture__line', d: `M${x} ${y}C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}` }));
  }
  for (const column of columns) for (const each of column) svg.append(box(each, places.get(each.key), each.key === trace.item));
  return svg;
}

/** More notes than the picture has room for stand together in one box. */
function folded({ columns, lines }) {
  const [notes, ...rest] = columns;
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
