/**
 * The cells in which a host does what the connector cannot change. Each allowance is as tight as what was
 * observed, and `make hosts` fails for one that no cell needs.
 */

import { majorOf, speaksHttp2 } from './dimensions.js';

/** @typedef {import('./dimensions.js').Cell} Cell */

/**
 * @typedef {object} Allowance
 * @property {{ [name in keyof Cell]?: Cell[name][] }} where the values that a cell may have
 * @property {number[]} [nodes] major versions; every Node without it
 * @property {1 | 2} [http] the version that the client speaks; both without it
 * @property {number} [messages] that may arrive complete
 * @property {true} [isUnknown] an outcome that cannot be told better than "may or may not have been sent"
 * @property {string} why a sentence for docs/hosts.md
 */

/** @type {Allowance[]} */
export const allowances = [];

/**
 * @param {Cell} cell
 * @param {string} node the version of Node
 */
export const allowancesFor = (cell, node) =>
  allowances.filter(
    ({ where, nodes, http }) =>
      (!nodes || nodes.includes(majorOf(node))) &&
      (!http || http === (speaksHttp2(cell, node) ? 2 : 1)) &&
      Object.entries(where).every(([name, values]) =>
        /** @type {string[]} */ (values).includes(cell[/** @type {keyof Cell} */ (name)]),
      ),
  );
