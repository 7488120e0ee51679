/**
 * What a round of numbers asks and what came of it (protocol.md, E5, E7 and E8). No DOM. Means, spread and what is worth
 * talking about come from the server.
 *
 * @typedef {{ axis: 'across' | 'up' | null, name: string, low: number, high: number, lowEnd: string, highEnd: string }} Scale
 * @typedef {{ axis?: string, answers: number, mean: number, deviation: number, lowest: number, highest: number }} Figures
 * @typedef {{ target: string, name: string, language?: string, figures: Figures[], before: Figures[] | null,
 *   counts: Record<string, number>, hands: Record<string, number>, discuss: { place: number, why: string, axis?: string } | null }} RatedRow
 *   `before`: what the same target got in the round that this is a second round of; null where there is none
 */

/** @param {any} vote of numbers @returns {Scale[]} one, or two for a matrix */
export function scalesOf(vote) {
  if (vote.kind === 'scale') return [{ axis: null, name: '', low: vote.low, high: vote.high, lowEnd: '', highEnd: '' }];
  return ['across', 'up'].map((axis) => {
    const { name, steps, low, high } = vote[axis];
    return { axis, name, low: 1, high: steps, lowEnd: low, highEnd: high };
  });
}

/** @param {number} value of a vote @param {Scale} scale @returns {number} what it says on that scale */
export function numberOn(scale, value) {
  if (scale.axis === null) return value;
  return scale.axis === 'across' ? Math.floor(value / 10) : value % 10;
}

/** @param {number[]} numbers one for each scale @returns {number} the value that a vote says them with */
export const valueOf = (numbers) => (numbers.length === 1 ? numbers[0] : 10 * numbers[0] + numbers[1]);

/** @param {Scale} scale @param {Record<string, number>} counts value → how many @returns {{ number: number, count: number }[]} for each number of the scale */
export function countsOn(scale, counts) {
  const sums = new Map();
  for (const [value, count] of Object.entries(counts)) {
    const number = numberOn(scale, Number(value));
    sums.set(number, (sums.get(number) ?? 0) + count);
  }
  return Array.from({ length: scale.high - scale.low + 1 }, (_, index) => ({ number: scale.low + index, count: sums.get(scale.low + index) ?? 0 }));
}

/**
 * A round's results, the highest mean first (on a matrix that of the axis upwards); what nobody rated comes last.
 *
 * @param {any} round a `round/r…` entry with `results`
 * @param {any} before the entry of the round that it is a second round of, with `results`; or nothing
 * @param {(target: string) => { name: string, language?: string } | null} describe null leaves a line out
 * @returns {RatedRow[]}
 */
export function ratedRows(round, before, describe) {
  const earlier = new Map((before?.results ?? []).map(({ target, figures }) => [target, figures]));
  const rows = (round.results ?? []).flatMap(({ target, counts, hands, figures = [], discuss = null }) => {
    const described = describe(target);
    return described ? [{ target, ...described, counts, hands, figures, discuss, before: before ? earlier.get(target) ?? [] : null }] : [];
  });
  const weight = ({ figures }) => figures.at(-1)?.mean ?? -Infinity;
  return rows.map((row, index) => ({ row, index })).sort((a, b) => (weight(b.row) - weight(a.row) || a.index - b.index)).map(({ row }) => row);
}

/** @param {readonly RatedRow[]} rows @returns {RatedRow[]} what is worth talking about, the most divided first */
export const topicsOf = (rows) => rows.filter(({ discuss }) => discuss).sort((a, b) => a.discuss.place - b.discuss.place);

/** How many gave a number in a show of hands. @param {Record<string, number>} hands @returns {number} */
export const handsIn = (hands) => Object.values(hands).reduce((sum, count) => sum + count, 0);
