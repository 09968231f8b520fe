/**
 * How many exchanges go on at once.
 *
 * `fetch` opens a connection for each. A thousand handshakes at once share one event loop, and each
 * would be given up before its turn came: so those that are too many wait here, in order, before their
 * time to connect begins.
 */

/** They connect in a fraction of the 2.5 s that one has for it, on one slow core too. */
const most = 128;

let running = 0;

/** @type {Set<() => void>} in the order of their coming */
const waiting = new Set();

/**
 * Waits for a turn. Whoever got one must give it back by `endTurn`.
 *
 * @param {AbortSignal} signal ends the waiting
 * @returns {Promise<boolean>} whether the turn came
 */
export async function turn(signal) {
  if (running < most) {
    running += 1;
    return true;
  }
  return new Promise((resolve) => {
    const giveUp = () => {
      waiting.delete(start);
      resolve(false);
    };
    const start = () => {
      signal.removeEventListener('abort', giveUp);
      resolve(true);
    };
    waiting.add(start);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}

/** Hands the turn on to the one that has waited longest. */
export function endTurn() {
  const [next] = waiting;
  if (next) {
    waiting.delete(next);
    next();
  } else {
    running -= 1;
  }
}
