/** The tables of docs/hosts.md. */

import { readFile, writeFile } from 'node:fs/promises';
import { allowances, allowancesFor } from './allowances.js';
import { everyCell } from './cells.js';
import { impossible } from './dimensions.js';
import { faultsOf } from './judge.js';

/** @typedef {import('./dimensions.js').Cell} Cell */
/** @typedef {import('./run.js').Result} Result */

const page = new URL('../../docs/hosts.md', import.meta.url);
const [begin, end] = ['<!-- hosts:begin -->', '<!-- hosts:end -->'];

/**
 * Returns the allowances without which a cell would fail.
 *
 * @param {Result} result
 */
export const neededFor = ({ cell, node, seen }) =>
  allowancesFor(cell, node).filter((allowance, _, all) => {
    const others = all.filter((it) => it !== allowance);
    return faultsOf(cell, node, seen, others).length > 0;
  });

/**
 * @param {string[]} nodes
 * @param {Result[]} results
 */
export function tablesOf(nodes, results) {
  const cells = everyCell();
  /** @param {string} title @param {(cell: Cell) => string} nameOf */
  const table = (title, nameOf) => [
    `| ${title} | ${nodes.map((node) => `Node ${node}`).join(' | ')} |`,
    `|---|${'---|'.repeat(nodes.length)}`,
    ...[...new Set(cells.map(nameOf))].flatMap((name) => {
      const row = results.filter(({ cell }) => nameOf(cell) === name);
      if (row.length === 0) {
        return [];
      }
      const marks = nodes.map((node) => markOf(row.filter((result) => result.node === node)));
      return `| ${[name, ...marks].join(' | ')} |`;
    }),
    '',
  ];
  const reasons = new Set(
    nodes.flatMap((node) => cells.flatMap((cell) => impossible(cell, node) ?? [])),
  );
  return [
    ...table('Dispatcher', ({ dispatcher, undici }) =>
      undici === 'none' ? dispatcher : `${undici}: ${dispatcher}`,
    ),
    ...table('`fetch`', ({ fetch }) => fetch),
    ...table('Server', ({ server }) => server),
    ...allowances.map(({ why }, index) => `${index + 1}. ${why}`),
    '',
    'Combinations that cannot exist:',
    '',
    ...[...reasons].map((reason) => `- ${reason}`),
  ].join('\n');
}

/**
 * Returns the mark of the cells that one row has on one Node.
 *
 * @param {Result[]} results
 */
function markOf(results) {
  if (results.length === 0) {
    return '–';
  }
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  const notes = allowances.flatMap((allowance, index) =>
    results.some((result) => neededFor(result).includes(allowance)) ? [`${index + 1}`] : [],
  );
  const mark = failed > 0 ? `✗ ${failed} of ${results.length}` : `✓ ${results.length}`;
  return notes.length > 0 ? `${mark} <sup>${notes.join(' ')}</sup>` : mark;
}

/** @param {string} tables */
export async function writeTables(tables) {
  const before = await readFile(page, 'utf8');
  const parts = before.split(new RegExp(`(?<=${begin}\n)[^]*(?=${end})`));
  if (parts.length !== 2) {
    throw new Error(`docs/hosts.md should have the lines ${begin} and ${end}, once each, in order`);
  }
  await writeFile(page, parts.join(`${tables}\n`));
}
