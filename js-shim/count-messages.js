/** The number of sent messages, cached for the host's list of connectors. */

import { now } from './clock.js';
import { countMessages, usageKey } from './core.js';
import { perform } from './perform.js';

/**
 * The time for which a count is cached. The host requests the counts of all connectors whenever somebody
 * lists the connectors.
 */
const freshForMs = 60_000;

/** The most counts in the cache. One process is not likely to serve more applications. */
const maxCounts = 100;

/** @type {Map<string, { startedAt: number, count: Promise<number> }>} */
const counts = new Map();

/**
 * Counts the messages since a date, or the messages of the last 32 days if there is no date. Rejects if
 * the count fails, for example if Tencent does not answer within 2.5 s. The host shows no number then.
 *
 * @param {unknown} config
 * @param {Date} [startFrom]
 * @returns {Promise<number>}
 */
export async function count(config, startFrom) {
  const startedAt = now();
  const since = startFrom?.getTime();
  const key = `${usageKey(config)} ${since}`;
  const known = counts.get(key);
  if (known && startedAt - known.startedAt < freshForMs) {
    return known.count;
  }
  const task = perform((events) => countMessages(config, since, events, now()));
  const fresh = { startedAt, count: task.then(countOf) };
  // A failure is cached as long as a count. Otherwise every list of connectors would wait for a new
  // attempt.
  fresh.count.catch(() => {});
  counts.delete(key);
  counts.set(key, fresh);
  const [oldest] = counts.keys();
  if (counts.size > maxCounts && oldest !== undefined) {
    counts.delete(oldest);
  }
  return fresh.count;
}

/** @param {import('./wasm/core.js').Usage} usage */
function countOf({ count }) {
  if (count === undefined) {
    throw new Error('Tencent did not say how many messages it accepted.');
  }
  return count;
}
