/**
 * xorshift32 (Marsaglia 2003): the same numbers on every machine.
 *
 * @param {number} seed @returns {(sides: number) => number} from 0 up to the number of sides, which is left out
 */
export function dice(seed) {
  let state = seed;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}
