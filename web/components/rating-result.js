/**
 * What came of a round of numbers: for each thing how many gave each number as a little picture, and the same in words; for a
 * matrix a map of the means; what is worth talking about; and before and now, side by side, after a second round.
 *
 * The words are of the set `rate`; the style sheet is loaded by whoever shows it.
 */
import { el, reconcile, setText } from '../app/dom.js';
import { formatNumber, t } from '../app/i18n.js';
import { countsOn, handsIn, scalesOf, topicsOf } from '../app/rating.js';

export { ratedRows } from '../app/rating.js';

const SVG = 'http://www.w3.org/2000/svg';
/** The strip's and the map's sides, in their own units. */
const STRIP = { width: 200, height: 34 };
const MAP = { side: 400, left: 34, top: 10, bottom: 46, mark: 12 };

const one = (value) => formatNumber(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** @returns {SVGElement} */
function shape(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  element.append(...children);
  return element;
}

export function createRated() {
  const map = el('figure', { class: 'rated__map' });
  const topics = el('ul', { class: 'rated__topics' });
  const discuss = el('section', { class: 'rated__discuss' }, el('h4', { class: 'rated__heading' }), topics, el('details', { class: 'rated__rule' }, el('summary'), el('p')));
  const list = el('ol', { class: 'rated__list', role: 'list' });
  const element = el('div', { class: 'rated' }, map, el('div', { class: 'rated__main' }, discuss, list));
  let drawn = '';

  return {
    element,
    list,
    /**
     * @param {object} result
     * @param {any} result.round the entry
     * @param {import('../app/rating.js').RatedRow[]} result.rows all of them, in order
     * @param {[number, number]} [result.page] which of them the list shows; without it all, and what is worth talking about above
     */
    draw({ round, rows, page }) {
      const scales = scalesOf(round.vote);
      const numbers = new Map(rows.map(({ target }, index) => [target, index + 1]));
      const isMap = round.vote.kind === 'matrix';
      map.hidden = !isMap;
      element.classList.toggle('rated--map', isMap);
      const state = JSON.stringify([round.vote, rows.map(({ target, figures }) => [target, figures])]);
      if (isMap && state !== drawn) map.replaceChildren(drawMap(scales, rows));
      drawn = state;

      const named = page ? [] : topicsOf(rows);
      discuss.hidden = named.length === 0;
      const [heading, , rule] = discuss.children;
      setText(heading, t('rate.discuss'));
      setText(rule.firstElementChild, t('rate.how'));
      setText(rule.lastElementChild, t('rate.rule'));
      reconcile(topics, named, {
        key: ({ target }) => target, create: () => el('li', {}, el('strong'), el('span')),
        update: (item, row) => {
          setText(item.firstElementChild, row.name);
          item.firstElementChild.lang = row.language ?? '';
          setText(item.lastElementChild, `: ${why(row, scales)}`);
        },
      });

      reconcile(list, page ? rows.slice(...page) : rows, {
        key: ({ target }) => target,
        create: () => el('li', { class: 'rated__item' }, el('p', { class: 'rated__name' }, el('span', { class: 'rated__number numbers' }), el('span')),
          el('p', { class: 'rated__why' }), el('div', { class: 'rated__scales' }), el('p', { class: 'rated__more soft' })),
        update: (item, row) => {
          const [name, reason, lines, more] = item.children;
          setText(name.firstElementChild, isMap ? `${formatNumber(numbers.get(row.target))}.` : '');
          setText(name.lastElementChild, row.name);
          name.lastElementChild.lang = row.language ?? '';
          reason.hidden = !row.discuss;
          setText(reason, row.discuss ? t(`rate.badge.${row.discuss.why}`) : '');
          drawScales(lines, scales, row, round);
          setText(more, moreOf(row, round));
          more.hidden = more.textContent === '';
        },
      });
    },
  };
}

function drawScales(lines, scales, row, round) {
  reconcile(lines, scales.map((scale, index) => ({ scale, index })), {
    key: ({ scale }) => scale.axis ?? 'scale',
    create: () => el('div', { class: 'rated__scale' }, el('p', { class: 'rated__axis soft' }), el('div', { class: 'rated__strip', 'aria-hidden': 'true' }), el('p', { class: 'rated__words numbers' }), el('p', { class: 'rated__before numbers' })),
    update: (line, { scale, index }) => {
      const [axis, strip, words, before] = line.children;
      const figures = row.figures[index];
      axis.hidden = !scale.name;
      setText(axis, scale.name);
      const picture = JSON.stringify([scale, row.counts]);
      if (strip.dataset.of !== picture) {
        strip.dataset.of = picture;
        strip.replaceChildren(drawStrip(scale, countsOn(scale, row.counts), figures));
      }
      setText(words, figures ? t('rate.figures', { mean: one(figures.mean), high: formatNumber(scale.high), spread: one(figures.deviation), range: range(figures) }) : t('rate.none'));
      before.hidden = !row.before;
      setText(before, row.before ? beforeText(row.before[index], figures) : '');
      line.dataset.has = figures ? 'numbers' : 'nothing';
    },
  });
}

const range = ({ lowest, highest }) => (lowest === highest ? formatNumber(lowest) : `${formatNumber(lowest)}–${formatNumber(highest)}`);

function beforeText(before, now) {
  if (!before || !now) return t('rate.before-none');
  const change = now.mean - before.mean;
  const words = Math.abs(change) < 0.05 ? t('rate.same') : t(change > 0 ? 'rate.up' : 'rate.down', { by: one(Math.abs(change)) });
  return t('rate.before', { before: one(before.mean), now: one(now.mean), change: words, spreadBefore: one(before.deviation), spread: one(now.deviation) });
}

/** Why a thing is worth talking about, in a sentence. */
function why({ discuss, figures }, scales) {
  const index = Math.max(0, scales.findIndex(({ axis }) => axis === (discuss.axis ?? null)));
  const { mean, deviation } = figures[index];
  const words = t(`rate.why.${discuss.why}`, { mean: one(mean), spread: one(deviation), range: range(figures[index]) });
  return scales[index].name ? `${scales[index].name} – ${words}` : words;
}

/** How many answered, how many skipped, and hands in the air, apart. */
function moreOf({ figures, hands }, { voters }) {
  const answers = figures[0]?.answers ?? 0;
  const parts = [t('rate.answers', { count: answers })];
  if (voters > answers) parts.push(t('rate.skipped', { count: voters - answers }));
  const raised = handsIn(hands);
  if (raised) parts.push(t('rate.hands', { count: raised }));
  return parts.join(' · ');
}

/** Columns for how many gave each number, a line for the deviation to each side, and a mark for the mean. */
function drawStrip(scale, counts, figures) {
  const { width, height } = STRIP;
  const step = width / counts.length;
  const x = (number) => (number - scale.low + 0.5) * step;
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const drawing = shape('svg', { viewBox: `0 0 ${width} ${height + 14}`, class: 'ratestrip' });
  for (const { number, count } of counts) {
    const tall = count ? Math.max(2, (count / most) * (height - 4)) : 0;
    drawing.append(shape('rect', { x: x(number) - step * 0.36, y: height - tall, width: step * 0.72, height: tall, class: 'ratestrip__column' }));
  }
  drawing.append(shape('path', { d: `M0 ${height}H${width}`, class: 'ratestrip__line' }));
  if (figures) {
    const [from, to] = [figures.mean - figures.deviation, figures.mean + figures.deviation].map((number) => Math.min(width, Math.max(0, x(number))));
    drawing.append(shape('path', { d: `M${from} ${height + 7}H${to}`, class: 'ratestrip__spread' }),
      shape('circle', { cx: x(figures.mean), cy: height + 7, r: 5, class: 'ratestrip__mean' }));
  }
  return drawing;
}

/** Numbered marks where the means meet, with lines as long as the deviation to each side. */
function drawMap([across, up], rows) {
  const { side, left, top, bottom, mark } = MAP;
  const plane = side - left - top;
  const x = (number) => left + ((number - 0.5) / across.high) * plane;
  const y = (number) => top + (1 - (number - 0.5) / up.high) * plane;
  const drawing = shape('svg', { viewBox: `0 0 ${side} ${top + plane + bottom}`, role: 'img', 'aria-label': t('rate.map', { across: across.name, up: up.name }), class: 'ratemap' });
  const words = (at, to, text, attributes = {}) => shape('text', { x: at, y: to, ...attributes }, text);
  for (let number = 1; number <= across.high; number += 1) {
    if (number > 1) drawing.append(shape('path', { d: `M${x(number - 0.5)} ${top}V${top + plane}`, class: 'ratemap__grid' }));
    drawing.append(words(x(number), top + plane + 16, formatNumber(number), { 'text-anchor': 'middle', class: 'ratemap__tick' }));
  }
  for (let number = 1; number <= up.high; number += 1) {
    if (number > 1) drawing.append(shape('path', { d: `M${left} ${y(number - 0.5)}H${left + plane}`, class: 'ratemap__grid' }));
    drawing.append(words(left - 8, y(number) + 5, formatNumber(number), { 'text-anchor': 'end', class: 'ratemap__tick' }));
  }
  drawing.append(shape('path', { d: `M${left} ${top}V${top + plane}H${left + plane}`, class: 'ratemap__axis' }),
    words(left + plane, top + plane + bottom - 8, `${across.name} →`, { 'text-anchor': 'end', class: 'ratemap__name' }),
    shape('text', { x: 0, y: 0, transform: `translate(10 ${top}) rotate(-90)`, 'text-anchor': 'end', class: 'ratemap__name' }, `${up.name} →`));
  const placed = rows.map(({ figures: [h, v] }, index) => ({ h, v, number: index + 1 })).filter(({ h, v }) => h && v);
  for (const { h, v } of placed) {
    const reach = (number, deviation, limit) => [Math.max(0.5, number - deviation), Math.min(limit + 0.5, number + deviation)];
    const [fromX, toX] = reach(h.mean, h.deviation, across.high);
    const [fromY, toY] = reach(v.mean, v.deviation, up.high);
    drawing.append(shape('path', { d: `M${x(fromX)} ${y(v.mean)}H${x(toX)}M${x(h.mean)} ${y(fromY)}V${y(toY)}`, class: 'ratemap__reach' }));
  }
  const taken = [];
  for (const { h, v, number } of placed) {
    // Marks on one spot stand beside one another, so that every number can be read.
    let [cx, cy] = [x(h.mean), y(v.mean)];
    while (taken.some(([ox, oy]) => Math.hypot(ox - cx, oy - cy) < mark * 1.7)) cx += mark * 1.8;
    taken.push([cx, cy]);
    drawing.append(shape('circle', { cx, cy, r: mark, class: 'ratemap__mark' }), words(cx, cy + 5, formatNumber(number), { 'text-anchor': 'middle', class: 'ratemap__number' }));
  }
  return drawing;
}
