/**
 * The size of the package, because every Logto process compiles the module anew. bench/README.md has the
 * current figures.
 */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { tarball } from './support/tarball.js';

const kB = 1000;

test('the tarball has at most 360 kB', async () => {
  const { size } = await stat(tarball);
  assert.ok(size <= 360 * kB, `it has ${size} bytes`);
});

/** @type {Record<string, [string, number]>} */
const modules = {
  'the module that Logto loads': ['lib/wasm/core_bg.wasm', 245],
  'the module of the command line': ['lib/cli/wasm/core_bg.wasm', 380],
};
for (const [name, [file, most]] of Object.entries(modules)) {
  test(`${name} has at most ${most} kB`, async () => {
    const parameters = ['-xzOf', tarball, `package/${file}`];
    const { stdout } = await promisify(execFile)('tar', parameters, { encoding: 'buffer' });
    assert.ok(stdout.length <= most * kB, `it has ${stdout.length} bytes`);
  });
}
