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

test('the tarball has at most 200 kB', async () => {
  const { size } = await stat(tarball);
  assert.ok(size <= 200 * kB, `it has ${size} bytes`);
});

test('the WebAssembly module has at most 290 kB', async () => {
  const parameters = ['-xzOf', tarball, 'package/lib/wasm/core_bg.wasm'];
  const { stdout } = await promisify(execFile)('tar', parameters, { encoding: 'buffer' });
  assert.ok(stdout.length <= 290 * kB, `it has ${stdout.length} bytes`);
});
