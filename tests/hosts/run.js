/** Runs cells, several at a time, and judges them. */

import { faultsOf } from './judge.js';
import { runCell } from './run-cell.js';

/**
 * @typedef {object} Result
 * @property {string} node
 * @property {import('./dimensions.js').Cell} cell
 * @property {import('./run-cell.js').Observation} seen
 * @property {string[]} faults
 */

/** Most of a cell's time is waiting. */
const atOnce = 4;

/**
 * @param {import('./dimensions.js').Cell[]} cells
 * @param {{ node: string, binary: string }} host
 * @param {import('./run-cell.js').Stage} stage
 * @returns {Promise<Result[]>} in the order of the cells
 */
export async function runCells(cells, host, stage) {
  /** @type {Result[]} */
  const results = [];
  const entries = cells.entries();
  const worker = async () => {
    for (const [index, cell] of entries) {
      const seen = await runCell(cell, host, stage);
      results[index] = { node: host.node, cell, seen, faults: faultsOf(cell, host.node, seen) };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
