/**
 * `make hosts`: the packed tarball in every host of the matrix, on every Node. Prints each cell that
 * breaks a rule, then the table, which HOSTS_WRITE=1 puts into docs/hosts.md. Exits with 1 where a
 * cell fails or an allowance is not needed.
 *
 * Usage: node tests/hosts/main.js TARBALL [NODE_MAJOR...]
 */

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { cellsOf } from './cells.js';
import { majorOf, nameOf } from './dimensions.js';
import { nodes } from './pins.js';
import { nodeBinary } from './places.js';
import { runCells } from './run.js';
import { setUpStage } from './run-cell.js';

const [tarball, ...majors] = process.argv.slice(2);
if (!tarball) {
  console.error('hosts: which tarball?');
  process.exit(1);
}

const stage = await setUpStage(resolve(tarball));
const results = [];
try {
  for (const node of nodes.filter((it) => !majors.length || majors.includes(`${majorOf(it)}`))) {
    const began = performance.now();
    const cells = cellsOf(node);
    const host = { node, binary: nodeBinary(node) };
    const ofNode = await runCells(cells, host, stage);
    results.push(...ofNode);
    for (const { cell, faults } of ofNode) {
      for (const fault of faults) {
        console.log(`✗ Node ${majorOf(node)} | ${nameOf(cell)}\n    ${fault}`);
      }
    }
    const failed = ofNode.filter(({ faults }) => faults.length > 0).length;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(`hosts: Node ${node}, ${cells.length} cells, ${failed} failed, ${seconds} s`);
  }
} finally {
  await stage.tearDown();
}
await writeFile('target/hosts.json', JSON.stringify(results));
