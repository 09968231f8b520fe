/**
 * The cells in which a host does what the connector cannot change. Some hide the true outcome, so that the
 * connector reports "may or may not have been sent" in the place of "sent" or "nothing was sent". Some open
 * an empty connection after the end. No cell is allowed a second request. `make hosts` fails for an
 * allowance that no cell needs.
 */

import { dimensions, speaksHttp2 } from './dimensions.js';

/** @typedef {import('./dimensions.js').Cell} Cell */

/**
 * @typedef {object} Allowance
 * @property {{ [name in keyof Cell]?: Cell[name][] }} where the values that a cell may have
 * @property {1 | 2} [http] the version that the client speaks; both without it
 * @property {'unknown outcome' | 'empty connection'} allows
 * @property {string} why a sentence for docs/hosts.md
 */

/** @type {Cell['fetch'][]} */
const builtOnUndici = dimensions.fetch.filter((name) => !name.startsWith('node-fetch'));

/** @type {Allowance[]} */
export const allowances = [
  {
    where: { server: ['100 Continue'], fetch: builtOnUndici },
    http: 1,
    allows: 'unknown outcome',
    why:
      'undici closes an HTTP/1 connection on which a `100 Continue` comes that it did not ask for. The ' +
      'message arrives once and is reported as "may or may not have been sent".',
  },
  {
    where: {
      server: ['103 Early Hints'],
      dispatcher: ['RetryAgent', 'retry interceptor'],
      undici: ['undici 6', 'undici 7'],
    },
    allows: 'unknown outcome',
    why:
      'The retry handlers of undici 6 and 7 take `103 Early Hints` for the answer. The message arrives ' +
      'once and is reported as "may or may not have been sent".',
  },
  {
    where: {
      server: ['refuses connections'],
      fetch: ['fetch-retry', 'repeating without the signal'],
    },
    allows: 'unknown outcome',
    why:
      'A wrapper that repeats keeps the first error to itself. A refused connection is therefore ' +
      'reported as "may or may not have been sent", and not as "nothing was sent".',
  },
  {
    where: {
      server: ['refuses connections'],
      dispatcher: ['RetryAgent', 'retry interceptor'],
    },
    allows: 'unknown outcome',
    why:
      'The retry handlers of undici repeat where a connection is refused, and keep the first error to ' +
      'themselves. This is reported as "may or may not have been sent", too.',
  },
  {
    where: { fetch: ['repeating without the signal'] },
    allows: 'empty connection',
    why:
      'A wrapper that drops the signal repeats on after the send has ended. Each of its requests is stopped ' +
      'before it leaves, but undici may open a connection for it, which stays empty.',
  },
];

/**
 * @param {Cell} cell
 * @param {string} node the version of Node
 */
export const allowancesFor = (cell, node) =>
  allowances.filter(
    ({ where, http }) =>
      (!http || http === (speaksHttp2(cell, node) ? 2 : 1)) &&
      Object.entries(where).every(([name, values]) =>
        /** @type {string[]} */ (values).includes(cell[/** @type {keyof Cell} */ (name)]),
      ),
  );
