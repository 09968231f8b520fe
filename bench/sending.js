/** Many sends, of which a given number is in flight at a time. Failed sends are counted, and print nothing. */

console.error = () => {};

/** The number of steps in which connections are opened. If all TLS handshakes ran at once, the last would time out. */
const steps = 8;

/**
 * @param {() => Promise<unknown>} send
 * @param {number} count
 * @param {number} inFlight
 * @returns {Promise<{ latencies: number[], failed: number }>} latencies in milliseconds
 */
export async function sendMany(send, count, inFlight) {
  /** @type {number[]} */
  const latencies = [];
  let left = count;
  let failed = 0;
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      const start = performance.now();
      try {
        await send();
      } catch {
        failed += 1;
      }
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sender));
  return { latencies, failed };
}

/**
 * Opens the connections, and sends until everything is compiled, which takes some thousand sends.
 *
 * @param {() => Promise<unknown>} send
 * @param {number} inFlight
 */
export async function warmUp(send, inFlight) {
  for (let step = 1; step <= steps; step += 1) {
    const open = Math.ceil((inFlight * step) / steps);
    await sendMany(send, open, open);
  }
  await sendMany(send, 4000, inFlight);
}
