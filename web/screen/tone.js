/**
 * A soft tone of two notes, made here rather than fetched. Browsers let a page sound only after somebody has pressed
 * something on it; until then this is silent and says so.
 *
 * @returns {{ isAllowed: () => boolean, allow: () => Promise<void>, play: () => void }}
 */
export function createTone() {
  let context = null;
  const isAllowed = () => context?.state === 'running';
  return {
    isAllowed,
    async allow() {
      context ??= new AudioContext();
      await context.resume();
    },
    play() {
      if (!isAllowed()) return;
      strike(context, 659.25, 0);
      strike(context, 523.25, 0.32);
    },
  };
}

/** One struck note that fades for two seconds. */
function strike(context, frequency, after) {
  const begin = context.currentTime + after;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.0001, begin);
  volume.gain.exponentialRampToValueAtTime(0.25, begin + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, begin + 2);
  volume.connect(context.destination);
  for (const [partial, share] of [[1, 1], [2, 0.25]]) {
    const voice = context.createOscillator();
    const part = context.createGain();
    part.gain.value = share;
    voice.frequency.value = frequency * partial;
    voice.connect(part).connect(volume);
    voice.start(begin);
    voice.stop(begin + 2.1);
  }
}
