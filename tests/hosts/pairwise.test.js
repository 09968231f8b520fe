/** The generator of the matrix: every pair that can exist is there, and the choice is always the same. */

import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { cellsOf, possibleCells } from './cells.js';
import { dimensions, impossible } from './dimensions.js';
import { pairsOf } from './pairwise.js';

for (const node of ['22.0.0', '24.0.0', '26.0.0']) {
  test(`every pair that can exist occurs on Node ${node}`, () => {
    const cells = cellsOf(node);
    const covered = new Set(cells.flatMap(pairsOf));
    const missing = possibleCells(node)
      .flatMap(pairsOf)
      .filter((pair) => !covered.has(pair));
    assert.deepEqual(missing, []);
    assert.deepEqual(
      cells.filter((cell) => impossible(cell, node)),
      [],
    );
    assert.deepEqual(cellsOf(node), cells);
  });

  test(`every value that Node ${node} can have occurs`, () => {
    const cells = cellsOf(node);
    for (const [name, values] of Object.entries(dimensions)) {
      const got = new Set(cells.map((cell) => cell[/** @type {keyof typeof dimensions} */ (name)]));
      assert.deepEqual(
        values.filter((value) => !got.has(value)),
        [],
        name,
      );
    }
  });
}
