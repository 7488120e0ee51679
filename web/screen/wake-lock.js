/** Keeps the screen from going dark. The lock is lost whenever the page is hidden, so it is asked for again when it is shown. */
export function keepAwake() {
  if (!navigator.wakeLock) return;
  let lock = null;
  const ask = async () => {
    if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      lock.addEventListener('release', () => setTimeout(ask, 1_000));
    } catch { /* low battery, or not allowed: asked again at the next chance */ }
  };
  document.addEventListener('visibilitychange', ask);
  addEventListener('pointerdown', ask);
  ask();
}
