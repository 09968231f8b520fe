/**
 * The cells in which a host itself repeats a request, beyond our reach. Each allowance is as tight as
 * what was observed, and `make hosts` fails for one that is no longer needed.
 */

/** @typedef {{ [name in keyof import('./dimensions.js').Dimensions]?: string[] }} Where */

/**
 * @typedef {object} Allowance
 * @property {Where} where the values of a cell, each out of a list
 * @property {number[]} [nodes] major versions; every Node without it
 * @property {number} messages that may arrive complete
 * @property {string} why
 */

/** @type {Allowance[]} */
export const allowances = [];

/**
 * @param {import('./dimensions.js').Cell} cell
 * @param {number} major of Node
 */
export const allowanceFor = (cell, major) =>
  allowances.find(
    ({ where, nodes }) =>
      (nodes?.includes(major) ?? true) &&
      Object.entries(where).every(([name, values]) =>
        values.includes(cell[/** @type {keyof typeof cell} */ (name)]),
      ),
  );
