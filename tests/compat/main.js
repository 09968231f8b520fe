/**
 * Tries the tarball with every host and Node of the matrix, for `make compat`. Prints a line for each pair
 * and then the table, which COMPAT_WRITE=1 writes into docs/compatibility.md. Exits with 1 after a failure.
 *
 * Usage: node tests/compat/main.js TARBALL
 */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { nodes } from './matrix.js';
import { inventory } from './places.js';
import { tableOf, writeTable } from './table.js';
import { tryPair } from './try-pair.js';

/** @typedef {import('./table.js').Verdict} Verdict */

if (!process.argv[2]) {
  console.error('compat: which tarball?');
  process.exit(1);
}
const tarball = resolve(process.argv[2]);
/** @type {{ hosts: import('./places.js').Host[], missing: { cli: string, kit: string }[] }} */
const { hosts, missing } = JSON.parse(await readFile(inventory, 'utf8'));

const rows = [];
for (const host of hosts) {
  /** @type {Verdict[]} */
  const verdicts = [];
  for (const node of nodes) {
    verdicts.push(await verdictOn({ host, node }));
  }
  rows.push({ host, verdicts });
}

const table = tableOf(nodes, rows, missing);
console.log(`\n${table}`);
const pairs = rows.flatMap(({ verdicts }) => verdicts);
const failed = pairs.filter((verdict) => verdict === 'fails').length;
console.log(`\ncompat: ${pairs.length} pairs, ${failed} failed`);
if (failed > 0) {
  process.exitCode = 1;
} else if (process.env.COMPAT_WRITE === '1') {
  await writeTable(table);
  console.log('compat: the table is in docs/compatibility.md');
}

/**
 * @param {{ host: import('./places.js').Host, node: string }} pair
 * @returns {Promise<Verdict>}
 */
async function verdictOn({ host, node }) {
  const name = `@logto/cli ${host.cli}, kit ${host.kit}, Node ${node}`;
  try {
    const works = await tryPair({ host, node, tarball });
    console.log(works ? `✓ ${name}` : `– ${name}: the release does not start there`);
    return works ? 'works' : 'does not start';
  } catch (error) {
    console.log(`✗ ${name}: ${error instanceof Error ? error.message : error}`);
    return 'fails';
  }
}
