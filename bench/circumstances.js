/** The circumstances of a measurement: commit, machine and versions. */

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import { official, sdk } from './contenders.js';

/** The npm packages that are measured, or that the measured packages use. */
const packages = ['@logto/connector-kit', official, 'got', sdk];

/** The circumstances in one sentence. */
export async function circumstances() {
  const today = new Date().toISOString().slice(0, 10);
  const [cpu] = cpus();
  const versions = await Promise.all(
    packages.map(async (name) => `${name} ${await version(name)}`),
  );
  return [
    `Measured ${today} at ${await commit()}`,
    `on ${cpus().length} × ${cpu.model.trim()}, ${process.platform} ${process.arch}`,
    `with Node ${process.versions.node} (undici ${process.versions.undici ?? 'unknown'})`,
    `${versions.join(', ')}.`,
  ].join(', ');
}

/** @param {string} name */
async function version(name) {
  const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(await readFile(manifest, 'utf8')).version;
}

/** The current commit, with a note if the working tree has changes. The bench's own tables do not count. */
async function commit() {
  const git = async (/** @type {string[]} */ ...parameters) => {
    const { stdout } = await promisify(execFile)('git', parameters, {
      cwd: new URL('..', import.meta.url),
    });
    return stdout.trim();
  };
  try {
    const changes = await git('status', '--porcelain', '--', '.', ':!bench/README.md');
    return `${await git('rev-parse', '--short', 'HEAD')}${changes && ' with changes'}`;
  } catch {
    return 'no commit';
  }
}
