/** Contenders next to each other: measured in turn, with one row of a table for each. */

import { names } from './contenders.js';

/** @typedef {import('./contenders.js').Contender} Contender */
/** @typedef {import('./rounds.js').Measurement} Measurement */

export const everyContender = /** @type {Contender[]} */ (Object.keys(names));

/**
 * The same measurement for several contenders, in the form that `alternate` takes.
 *
 * @template {Contender} Some
 * @param {Some[]} contenders
 * @param {(contender: Some) => ReturnType<Measurement>} measure
 */
export const each = (contenders, measure) =>
  /** @type {Record<Some, Measurement>} */ (
    Object.fromEntries(contenders.map((contender) => [contender, () => measure(contender)]))
  );

/**
 * @template Found
 * @param {Partial<Record<Contender, Found>>} found by contender
 * @param {(found: Found) => string[]} cells
 * @returns {string[][]}
 */
export const rowsOf = (found, cells) =>
  Object.entries(found).map(([contender, its]) => [
    names[/** @type {Contender} */ (contender)],
    ...cells(its),
  ]);
