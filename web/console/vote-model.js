/** Numbers of a vote round (protocol.md, E5). Pure. */

/**
 * One target's result, with votes from phones kept apart from shows of hands and what tables gave.
 *
 * @typedef {object} Row
 * @property {string} target
 * @property {number} own dots or agreements from devices; for a scale how many answered
 * @property {number} hands the same from shows of hands and from tables
 * @property {number} tables how much of `hands` is from tables: dots, or answers of any kind
 * @property {number} total what rows are sorted by: dots in all, agree minus disagree, or the mean
 * @property {{ value: number, own: number, hands: number }[]} values one for each value a vote can have
 *
 * @param {any} round a round's entry with `results`
 * @returns {Row[]} highest total first
 */
export function resultRows(round) {
  const values = voteValues(round.vote);
  const rows = (round.results ?? []).map(({ target, counts, hands, tables = {} }) => {
    // What was counted for others is shown beside the personal votes, and told by where it came from.
    const apart = {};
    for (const value of new Set([...Object.keys(hands), ...Object.keys(tables)])) apart[value] = (hands[value] ?? 0) + (tables[value] ?? 0);
    const spread = values.map((value) => ({ value, own: counts[value] ?? 0, hands: apart[value] ?? 0 }));
    const tabled = round.vote.kind === 'dots' ? weighted(tables) : answers(tables);
    return { target, values: spread, ...summary(round.vote.kind, counts, apart), tables: tabled };
  });
  return rows.sort((a, b) => b.total - a.total || b.own + b.hands - a.own - a.hands);
}

/** @param {any} vote @returns {number[]} the values one can vote, in reading order */
export function voteValues(vote) {
  if (vote.kind === 'stance') return [1, 0, -1];
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
