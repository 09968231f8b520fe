/** The short list of the matrix of hosts, on the Node that runs the tests. `make hosts` has the rest. */

import { strict as assert } from 'node:assert';
import { after, test } from 'node:test';
import { tarball } from '../host/support/tarball.js';
import { shortList } from './cells.js';
import { nameOf } from './dimensions.js';
import { runCells } from './run.js';
import { setUpStage } from './run-cell.js';

const host = { node: process.versions.node, binary: process.execPath };
const stage = await setUpStage(tarball);
after(() => stage.tearDown());

// Most of their time is waiting, so that they run at once.
for (const { cell, seen, faults } of await runCells(shortList(host.node), host, stage)) {
  test(`host: ${nameOf(cell)}`, () => assert.deepEqual(faults, [], JSON.stringify(seen)));
}
