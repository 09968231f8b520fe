/**
 * Measures the parts, and writes the results into README.md: node bench/run.js TARBALL [PART...]
 * `make bench` builds the tarball first.
 */

import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { circumstances } from './circumstances.js';
import { ourPackage } from './contenders.js';
import { markdown, write } from './report.js';

const parts = ['load', 'cpu', 'sends', 'sizes', 'limits', 'redis'];

const [tarball, ...names] = process.argv.slice(2);
if (!tarball || names.some((name) => !parts.includes(name))) {
  console.error(`usage: node bench/run.js TARBALL [PART...], with parts of: ${parts.join(', ')}`);
  process.exit(1);
}

await unpack();
for (const part of names.length > 0 ? names : parts) {
  process.stderr.write(`bench: ${part} `);
  try {
    const { measure } = await import(`./${part}.js`);
    const text = markdown(await measure(resolve(tarball)));
    console.log(`\n${text}\n`);
    await write(part, text, await circumstances());
  } catch (error) {
    console.error(`\nbench: ${part} failed, and its results in README.md were not changed:`, error);
    process.exitCode = 1;
  }
}

/** Unpacks the tarball as `logto connector add` does, which installs no dependencies. */
async function unpack() {
  const folder = fileURLToPath(ourPackage);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
}
