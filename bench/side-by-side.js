/** Contenders beside each other: what of them is measured in turn, and a row of a table for each. */

import { names } from './contenders.js';
import { alternate } from './rounds.js';

/** @typedef {import('./contenders.js').Contender} Contender */
/** @typedef {import('./rounds.js').Measurement} Measurement */
/** @typedef {import('./rounds.js').Figures} Figures */

export const everyContender = /** @type {Contender[]} */ (Object.keys(names));

/**
 * The same measurement of several, as `alternate` takes it.
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
 * The same at several levels: every contender at every level, in every round.
 *
 * @template {Contender} Some
 * @param {number} rounds
 * @param {Some[]} contenders
 * @param {number[]} levels
 * @param {(contender: Some, level: number) => ReturnType<Measurement>} measure
 * @returns {Promise<Record<Some, Figures[]>>} in the order of the levels
 */
export async function alternateLevels(rounds, contenders, levels, measure) {
  const key = (/** @type {Some} */ contender, /** @type {number} */ level) =>
    `${contender} ${level}`;
  const measurements = contenders.flatMap((contender) =>
    levels.map((level) => [key(contender, level), () => measure(contender, level)]),
  );
  const figures = await alternate(rounds, Object.fromEntries(measurements));
  const byContender = contenders.map((contender) => [
    contender,
    levels.map((level) => figures[key(contender, level)]),
  ]);
  return Object.fromEntries(byContender);
}

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
