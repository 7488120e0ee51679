/**
 * What a round's results say, ready to be written and drawn (protocol.md, E5). Personal votes, shows of hands and
 * what tables gave are kept apart. No DOM.
 *
 * @typedef {{ total: number, voters: number, mean: number | null, counts: Record<string, number> }} Sums
 *   `total`: value × count summed; `voters`: how many gave a value; `mean`: null without votes
 * @typedef {{ target: string, votes: Sums, hands: Sums, tables: Sums }} Line
 */

/** @param {Record<string, number>} counts value → how many @returns {Sums} */
export function sums(counts = {}) {
  let total = 0;
  let voters = 0;
  for (const [value, count] of Object.entries(counts)) {
    total += Number(value) * count;
    voters += count;
  }
  return { total, voters, mean: voters ? total / voters : null, counts };
}

/**
 * A round's results, most liked first; equals stand in the order they came.
 *
 * @param {any} round a `round/r…` entry
 * @returns {Line[]} empty before the round is revealed
 */
export function resultLines(round) {
  const lines = (round.results ?? []).map(({ target, counts, hands, tables }) => ({ target, votes: sums(counts), hands: sums(hands), tables: sums(tables) }));
  const weight = ({ votes }) => (round.vote.kind === 'scale' ? votes.mean ?? -Infinity : votes.total);
  return lines.sort((a, b) => weight(b) - weight(a));
}

/**
 * The parts of a line's bar, each as a share of the widest line's bar.
 *
 * @param {any} round
 * @param {Line[]} lines
 * @returns {(line: Line) => { id: string, share: number }[]} for dots one part; for stances agree, pass and disagree; for a
 *   scale how far the mean is from the lowest value
 */
export function barScale(round, lines) {
  const { kind, low, high } = round.vote;
  if (kind === 'scale') return ({ votes }) => [{ id: 'mean', share: votes.mean === null ? 0 : (votes.mean - low) / (high - low) }];
  if (kind === 'stance') {
    const most = Math.max(1, ...lines.map(({ votes }) => votes.voters));
    return ({ votes }) => [['agree', 1], ['pass', 0], ['disagree', -1]]
      .map(([id, value]) => ({ id, share: (votes.counts[value] ?? 0) / most }));
  }
  const most = Math.max(1, ...lines.map(({ votes }) => votes.total));
  return ({ votes }) => [{ id: 'dots', share: votes.total / most }];
}
