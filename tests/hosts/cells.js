/** The cells that run on a Node. */

import { dimensions, impossible, majorOf } from './dimensions.js';
import { coverPairs } from './pairwise.js';

/** @typedef {import('./dimensions.js').Cell} Cell */

/** @returns {Cell[]} every combination, those that cannot exist included */
export function everyCell() {
  /** @type {Record<string, string>[]} */
  let cells = [{}];
  for (const [name, values] of Object.entries(dimensions)) {
    cells = cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value })));
  }
  return /** @type {Cell[]} */ (cells);
}

/** @param {string} node */
export const possibleCells = (node) => everyCell().filter((cell) => !impossible(cell, node));

/** @param {string} node */
export const cellsOf = (node) =>
  majorOf(node) < 22 ? shortList(node) : coverPairs(possibleCells(node));

/** @type {Cell} */
const plain = {
  dispatcher: 'built-in',
  undici: 'none',
  fetch: 'untouched',
  order: 'host first',
  server: 'right answer',
};

/** @type {Partial<Cell>[]} */
const short = [
  {},
  { fetch: 'returning its own response' },
  { dispatcher: 'built-in, HTTP/2', server: 'late answer' },
  { dispatcher: 'built-in, HTTP/2', server: '421', order: 'connector first' },
  { dispatcher: 'built-in, HTTP/2', server: 'stream reset' },
  { dispatcher: 'Agent, HTTP/2', undici: 'undici 7', server: 'GOAWAY, not processed' },
  { fetch: 'fetch-retry', server: 'reset before the answer' },
  { fetch: 'fetch-retry', server: '503 once', order: 'connector first' },
  { fetch: 'repeating without the signal', server: 'reset before the answer' },
  { fetch: 'building a Request', server: 'no answer' },
  { dispatcher: 'RetryAgent', undici: 'undici 7', server: 'reset within the answer' },
  { dispatcher: 'ProxyAgent', undici: 'undici 6', server: 'refuses connections' },
  { dispatcher: 'Agent', undici: 'undici 7', fetch: 'building a Request', server: '421' },
  { fetch: 'OpenTelemetry', server: 'closed as the request arrives' },
  { fetch: 'node-fetch 2', server: 'no answer' },
  { fetch: 'node-fetch 3', server: 'refuses connections' },
  { server: '100 Continue' },
];

/**
 * The cells that found the most, for Node 20 and for `make test`.
 *
 * @param {string} node
 */
export const shortList = (node) =>
  short.map((cell) => ({ ...plain, ...cell })).filter((cell) => !impossible(cell, node));
