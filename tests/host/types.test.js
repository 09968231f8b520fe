/**
 * The types of the tarball, as TypeScript users get them: `tests/types/` next to only the unpacked package
 * and a connector kit.
 */

import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installedPackage } from './support/logto-instance.js';
import { tarball } from './support/tarball.js';

const run = promisify(execFile);

const kits = { '5.1.1': '@logto/connector-kit', '4.0.0': 'connector-kit-4' };
const resolutions = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

for (const [version, kit] of Object.entries(kits)) {
  const project = await createProject(kit);
  for (const options of resolutions) {
    test(`tsc --strict, ${options.moduleResolution}: correct code compiles and wrong code does not, with kit ${version}`, async () => {
      assert.deepEqual(await compile(project, options), []);
    });
  }
}

/**
 * @param {string} kit
 * @returns {Promise<string>} its folder
 */
async function createProject(kit) {
  const project = await mkdtemp(join(await realpath(tmpdir()), 'types-'));
  after(() => rm(project, { recursive: true, force: true }));
  const modules = join(project, 'node_modules');
  const ours = join(modules, 'connector-tencent-sms-wasm');
  await mkdir(ours, { recursive: true });
  await mkdir(join(modules, '@logto'));
  await run('tar', ['-xzf', tarball, '-C', ours, '--strip-components=1']);
  await symlink(installedPackage(kit), join(modules, '@logto/connector-kit'));
  await cp(fileURLToPath(new URL('../types', import.meta.url)), project, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  return project;
}

/**
 * @param {string} project
 * @param {{ module: string, moduleResolution: string }} options
 * @returns {Promise<string[]>} errors
 */
async function compile(project, { module, moduleResolution }) {
  const parameters = ['-p', '.', '--module', module, '--moduleResolution', moduleResolution];
  const tsc = join(installedPackage('typescript'), 'bin/tsc');
  try {
    await run(process.execPath, [tsc, ...parameters], { cwd: project });
    return [];
  } catch (error) {
    const { stdout } = /** @type {{ stdout?: string }} */ (error);
    // An indented line belongs to the line before it.
    const errors = stdout?.match(/^\S.*error TS.*/gm);
    if (!errors) {
      throw error;
    }
    // The types of kit 4.0.0 contradict those of the packages that npm installs for it today.
    return errors.filter((line) => !line.includes('/connector-kit-4/lib/types/'));
  }
}
