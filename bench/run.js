/**
 * Measures, and writes what came out into README.md: node bench/run.js TARBALL [PART...]
 * `make bench` builds what is needed, and runs it.
 */

import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { circumstances } from './circumstances.js';
import { ourPackage } from './contenders.js';
import { markdown, write } from './report.js';

const parts = ['load', 'cpu', 'sends', 'sizes'];

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
    console.error(`\nbench: ${part} is left as it was:`, error);
    process.exitCode = 1;
  }
}

/** As `logto connector add` does: no dependency is installed. */
async function unpack() {
  const folder = fileURLToPath(ourPackage);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await promisify(execFile)('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder]);
}
