/** How long the line may be gone before the page starts afresh, in milliseconds. */
const PATIENCE = 60_000;

/** Starts the page afresh when the connection has not come back by itself. @param {EventTarget & { status: string }} client */
export function watch(client) {
  let timer = null;
  const look = () => {
    const lost = client.status === 'waiting' || client.status === 'connecting';
    if (lost && timer === null) timer = setTimeout(restart, PATIENCE);
    if (!lost) {
      clearTimeout(timer);
      timer = null;
    }
  };
  // Only when the page can be fetched again: a reload into a dead server would leave a browser's error page on the wall.
  async function restart() {
    timer = null;
    try {
      const answer = await fetch(location.pathname, { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
      if (answer.ok) return location.reload();
    } catch { /* still away */ }
    return look();
  }
  client.addEventListener('status', look);
  look();
}
