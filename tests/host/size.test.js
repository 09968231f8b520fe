/**
 * The package stays as small as it is: the module is compiled anew in every Logto process. What it should
 * be is in bench/README.md.
 */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { tarball } from './support/tarball.js';

const kB = 1000;

test('the tarball has at most 130 kB', async () => {
  const { size } = await stat(tarball);
  assert.ok(size <= 130 * kB, `it has ${size} bytes`);
});

test('the WebAssembly module has at most 192 kB', async () => {
  const parameters = ['-xzOf', tarball, 'package/lib/wasm/core_bg.wasm'];
  const { stdout } = await promisify(execFile)('tar', parameters, { encoding: 'buffer' });
  assert.ok(stdout.length <= 192 * kB, `it has ${stdout.length} bytes`);
});
