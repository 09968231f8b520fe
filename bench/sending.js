/** Many sends, so many of them in flight. */

/** Connections are opened in so many steps: with all TLS handshakes at once, the last would time out. */
const steps = 8;

/**
 * @param {() => Promise<unknown>} send
 * @param {number} count
 * @param {number} inFlight
 * @returns {Promise<number[]>} how long each took, in milliseconds
 */
export async function sendMany(send, count, inFlight) {
  /** @type {number[]} */
  const latencies = [];
  let left = count;
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      const start = performance.now();
      await send();
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sender));
  return latencies;
}

/**
 * Opens the connections and has everything compiled: that takes some thousand sends.
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
