/**
 * Installs the hosts of the matrix into .tools/hosts. An installation that is already there stays.
 *
 * Usage: node tests/hosts/install.js [modules]
 * With `modules`, the binaries of Node are left out: the short list runs on the Node at hand.
 */

import { execFile } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodePackage } from '../compat/places.js';
import { nodes, packages } from './pins.js';
import { modulesFolder, nodeBinary, nodeFolder } from './places.js';

await install(modulesFolder, packages);
if (process.argv[2] !== 'modules') {
  for (const version of nodes) {
    await install(nodeFolder(version), { [nodePackage()]: version });
    await access(nodeBinary(version));
  }
}

/**
 * @param {string} folder
 * @param {Record<string, string>} dependencies
 */
async function install(folder, dependencies) {
  const manifest = JSON.stringify({ private: true, dependencies }, null, 2);
  const before = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
  // npm writes this file last.
  const isComplete = await access(join(folder, 'node_modules/.package-lock.json')).then(
    () => true,
    () => false,
  );
  if (isComplete && before === manifest) {
    return;
  }
  console.log(`hosts: npm install ${Object.values(dependencies).length} packages into ${folder}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), manifest);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', ['install', ...options], { cwd: folder });
}
