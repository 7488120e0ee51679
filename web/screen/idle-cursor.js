const REST = 3_000;

/** Hides the cursor after it has rested for three seconds. */
export function hideIdleCursor() {
  const hide = () => document.documentElement.classList.add('idle');
  let timer = setTimeout(hide, REST);
  addEventListener('pointermove', () => {
    document.documentElement.classList.remove('idle');
    clearTimeout(timer);
    timer = setTimeout(hide, REST);
  });
}
