/** Numbers of a vote round (protocol.md, E5). Pure. */

/**
 * One target's result, with votes from phones and shows of hands kept apart.
 *
 * @typedef {object} Row
 * @property {string} target
 * @property {number} own dots or agreements from devices; for a scale how many answered
 * @property {number} hands the same from shows of hands
 * @property {number} total what rows are sorted by: dots in all, agree minus disagree, or the mean
 * @property {{ value: number, own: number, hands: number }[]} values one for each value a vote can have
 *
 * @param {any} round a round's entry with `results`
 * @returns {Row[]} highest total first
 */
export function resultRows(round) {
  const values = voteValues(round.vote);
  const rows = (round.results ?? []).map(({ target, counts, hands }) => {
    const spread = values.map((value) => ({ value, own: counts[value] ?? 0, hands: hands[value] ?? 0 }));
    return { target, values: spread, ...summary(round.vote.kind, counts, hands) };
  });
  return rows.sort((a, b) => b.total - a.total || b.own + b.hands - a.own - a.hands);
}

/** @param {any} vote @returns {number[]} the values one can vote, in reading order */
export function voteValues(vote) {
  if (vote.kind === 'stance') return [1, 0, -1];
  if (vote.kind === 'matrix') {
    return Array.from({ length: vote.across.steps * vote.up.steps }, (_, index) => 10 * (Math.floor(index / vote.up.steps) + 1) + (index % vote.up.steps) + 1);
  }
  const [low, high] = vote.kind === 'scale' ? [vote.low, vote.high] : [1, vote.cap];
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
}

function summary(kind, counts, hands) {
  if (kind === 'dots') {
    const own = weighted(counts);
    const raised = weighted(hands);
    return { own, hands: raised, total: own + raised };
  }
  if (kind === 'stance') {
    const own = counts[1] ?? 0;
    const raised = hands[1] ?? 0;
    return { own, hands: raised, total: own + raised - (counts[-1] ?? 0) - (hands[-1] ?? 0) };
  }
  const own = answers(counts);
  const raised = answers(hands);
  const all = own + raised;
  return { own, hands: raised, total: all ? (weighted(counts) + weighted(hands)) / all : 0 };
}

const weighted = (counts) => Object.entries(counts).reduce((sum, [value, count]) => sum + Number(value) * count, 0);
const answers = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
