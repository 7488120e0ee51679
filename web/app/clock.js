/** How far a `best` sample may age before a newer, slower one is preferred, in milliseconds. */
const STALE_AFTER = 600_000;

/**
 * Estimates the server's clock from round trips (L1). The sample with the shortest round trip is the best: its error is
 * at most half of it. No DOM; times are handed in, in milliseconds since 1970.
 */
export class ServerClock {
  #best = null;

  /**
   * Takes in one round trip.
   *
   * @param {number} sentAt this device's clock when asked
   * @param {number} receivedAt this device's clock when answered
   * @param {number} serverNow what the server said
   */
  sample(sentAt, receivedAt, serverNow) {
    const roundTrip = receivedAt - sentAt;
    if (roundTrip < 0) return;
    const sample = { roundTrip, offset: serverNow + roundTrip / 2 - receivedAt, at: receivedAt };
    const best = this.#best;
    // Two honest samples differ by at most half of each round trip. A larger gap means that this device's clock was
    // set, or slept: what was known before is worth nothing then.
    const jumped = best && Math.abs(sample.offset - best.offset) > (roundTrip + best.roundTrip) / 2 + 50;
    if (!best || jumped || roundTrip <= best.roundTrip || receivedAt - best.at > STALE_AFTER) this.#best = sample;
  }

  /** Whether anything is known yet. */
  get isKnown() { return this.#best !== null; }

  /** @param {number} deviceNow @returns {number} the server's clock, estimated; this device's own before the first sample */
  now(deviceNow) { return deviceNow + (this.#best?.offset ?? 0); }
}

/**
 * What a timer entry (protocol.md, Entries) shows at one moment.
 *
 * @param {{ state: string, durationMilliseconds: number, deadline?: number, remainingMilliseconds?: number }} timer
 * @param {number} serverNow
 * @returns {{ state: 'running' | 'paused' | 'ended', seconds: number, isLastMinute: boolean }} whole seconds left, rounded
 *   up so that every screen turns to the next figure at the same moment and 0 means over
 */
export function reading(timer, serverNow) {
  const left = timer.state === 'running' ? timer.deadline - serverNow
    : timer.state === 'paused' ? timer.remainingMilliseconds : 0;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const state = timer.state === 'running' && seconds === 0 ? 'ended' : timer.state;
  return { state, seconds, isLastMinute: state === 'running' && seconds <= 60 };
}

/** @param {number} seconds @returns {string} `4:05`, or `1:04:05` from an hour up */
export function formatSeconds(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
