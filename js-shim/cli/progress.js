/** The progress line: the current activity and its duration, on a terminal only. */

/**
 * Shows the progress line during a task.
 *
 * @template Result
 * @param {string} activity
 * @param {() => Promise<Result>} task
 * @returns {Promise<Result>}
 */
export async function withProgress(activity, task) {
  const stop = startProgress(activity);
  try {
    return await task();
  } finally {
    stop();
  }
}

/**
 * @param {string} activity
 * @returns {() => void} removes the line
 */
function startProgress(activity) {
  const { stderr } = process;
  if (!stderr.isTTY) {
    return () => {};
  }
  const startedAt = Date.now();
  const show = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    stderr.write(`\r${activity} … ${seconds} s`);
  };
  show();
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    // These characters return to the beginning of the line and clear it.
    stderr.write('\r\u001b[K');
  };
}
