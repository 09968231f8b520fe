/** How many messages went out, as the host's list of connectors wants it: quick, and not asked often. */

import { now } from './clock.js';
import { countedSubject, countMessages } from './core.js';
import { perform } from './perform.js';

/** The host asks for every connector whenever one lists them. */
const freshForMs = 60_000;

/** As many applications as one process is likely to serve. */
const mostCounts = 100;

/** @type {Map<string, { startedAt: number, count: Promise<number> }>} */
const counts = new Map();

/**
 * Counts the messages since a date; without one, those of the last 32 days.
 * Rejects where that is not known, as where Tencent does not answer in 2.5 s: the host shows no number then.
 *
 * @param {unknown} config
 * @param {Date} [startFrom]
 * @returns {Promise<number>}
 */
export async function count(config, startFrom) {
  const startedAt = now();
  const since = startFrom?.getTime();
  const key = `${countedSubject(config)} ${since}`;
  const known = counts.get(key);
  if (known && startedAt - known.startedAt < freshForMs) {
    return known.count;
  }
  const task = perform((events) => countMessages(config, since, events, now()));
  const fresh = { startedAt, count: task.then(countOf) };
  // A failure is kept as long as a count: otherwise every list would wait for the next one.
  fresh.count.catch(() => {});
  counts.delete(key);
  counts.set(key, fresh);
  const [oldest] = counts.keys();
  if (counts.size > mostCounts && oldest !== undefined) {
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
