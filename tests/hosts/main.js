/**
 * `make hosts`: the packed tarball in every host of the matrix, on every Node. Prints each cell that
 * breaks a rule, then the tables, which HOSTS_WRITE=1 puts into docs/hosts.md. Exits with 1 where a
 * cell fails, or where no cell needs an allowance.
 *
 * Usage: node tests/hosts/main.js TARBALL [NODE_MAJOR...]
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { allowances } from './allowances.js';
import { cellsOf } from './cells.js';
import { majorOf, nameOf } from './dimensions.js';
import { nodes } from './pins.js';
import { nodeBinary } from './places.js';
import { runCells } from './run.js';
import { setUpStage } from './run-cell.js';
import { neededFor, tablesOf, writeTables } from './table.js';

const [tarball, ...majors] = process.argv.slice(2);
if (!tarball) {
  console.error('hosts: which tarball?');
  process.exit(1);
}
const chosen = nodes.filter((it) => majors.length === 0 || majors.includes(`${majorOf(it)}`));
const isWhole = chosen.length === nodes.length;

const stage = await setUpStage(resolve(tarball));
/** @type {import('./run.js').Result[]} */
const results = [];
try {
  for (const node of chosen) {
    results.push(...(await resultsOn(node)));
  }
} finally {
  await stage.tearDown();
}
// For a closer look at a cell that fails.
await mkdir('target', { recursive: true });
await writeFile('target/hosts.json', JSON.stringify(results, null, 2));

const tables = tablesOf(chosen, results);
console.log(`\n${tables}\n`);
const needed = new Set(results.flatMap(neededFor));
const unneeded = isWhole ? allowances.filter((allowance) => !needed.has(allowance)) : [];
for (const { why } of unneeded) {
  console.log(`✗ no cell needs this allowance: ${why}`);
}
const failed = results.filter(({ faults }) => faults.length > 0).length;
console.log(`hosts: ${results.length} cells, ${failed} failed`);
if (failed > 0 || unneeded.length > 0) {
  process.exitCode = 1;
} else if (process.env.HOSTS_WRITE === '1' && isWhole) {
  await writeTables(tables);
  console.log('hosts: the tables are in docs/hosts.md');
}

/** @param {string} node */
async function resultsOn(node) {
  const began = performance.now();
  const results = await runCells(cellsOf(node), { node, binary: nodeBinary(node) }, stage);
  for (const { cell, faults } of results) {
    for (const fault of faults) {
      console.log(`✗ Node ${majorOf(node)} | ${nameOf(cell)}\n    ${fault}`);
    }
  }
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`hosts: Node ${node}, ${results.length} cells, ${failed} failed, ${seconds} s`);
  return results;
}
