/** A line that says what is going on and for how long, on a terminal only. */

/**
 * @param {string} what
 * @returns {() => void} takes the line away
 */
export function startProgress(what) {
  const { stderr } = process;
  if (!stderr.isTTY) {
    return () => {};
  }
  const startedAt = Date.now();
  const show = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    stderr.write(`\r${what} … ${seconds} s`);
  };
  show();
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    // To the beginning of the line, and away with it.
    stderr.write('\r\u001b[K');
  };
}
